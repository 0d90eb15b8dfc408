"""Writes trained weights as one ONNX graph, its matrices as int8 (dynamic quantisation, a scale a column)."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

HEADS, WIDTH = 12, 384


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self):
        self.nodes, self.constants = [], []

    def constant(self, name, array, kind=np.float32):
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(array.astype(kind)), name))
        return name

    def node(self, op, inputs, outputs=None, **attributes):
        outputs = outputs or [f"x{len(self.nodes)}"]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=f"n{len(self.nodes)}_{op}", **attributes))
        return outputs[0] if len(outputs) == 1 else outputs


def layer(g, x, bias, n, d, shapes):
    """One transformer layer; query, key and value in one product, the query's scale folded in."""
    scale = np.sqrt(WIDTH // HEADS)
    w = np.concatenate([d["W0"] / scale, d["W1"], d["W2"]], 1)
    b = np.concatenate([d["b0"] / scale, d["b1"], d["b2"]])
    y = g.node("Add", [g.node("MatMul", [x, g.constant(f"qkv{n}", w)]), g.constant(f"bqkv{n}", b)])
    q, k, v = g.node("Split", [y], [f"q{n}", f"k{n}", f"v{n}"], axis=-1, num_outputs=3)
    apart, together = shapes
    q, k, v = (
        g.node("Transpose", [g.node("Reshape", [z, apart])], perm=p)
        for z, p in ((q, [0, 2, 1, 3]), (k, [0, 2, 3, 1]), (v, [0, 2, 1, 3]))
    )
    a = g.node("Softmax", [g.node("Add", [g.node("MatMul", [q, k]), bias])], axis=-1)
    o = g.node("Reshape", [g.node("Transpose", [g.node("MatMul", [a, v])], perm=[0, 2, 1, 3]), together])

    def dense(z, i):
        product = g.node("MatMul", [z, g.constant(f"W{i}_{n}", d[f"W{i}"])])
        return g.node("Add", [product, g.constant(f"b{i}_{n}", d[f"b{i}"])])

    def norm(z, i):
        scales = [g.constant(f"g{i}_{n}", d[f"g{i}"]), g.constant(f"h{i}_{n}", d[f"h{i}"])]
        return g.node("LayerNormalization", [z, *scales], axis=-1, epsilon=1e-12)

    x = norm(g.node("Add", [x, dense(o, 3)]), 0)
    return norm(g.node("Add", [x, dense(g.node("Gelu", [dense(x, 4)]), 5)]), 1)


def write(par, path):
    """The graph that `comity.language.encoder` runs: pieces in, arc scores, tags and the two sides of labels out."""
    p, g = par["bert"], Graph()
    x = g.node("Gather", [g.constant("w", p["w"]), "input_ids"])
    # positions are an input: a range made in the graph trips an optimisation of onnxruntime
    x = g.node("Add", [x, g.node("Gather", [g.constant("p", p["p"]), "positions"])])
    x = g.node("Add", [x, g.constant("t0", p["t"][0])])
    x = g.node("LayerNormalization", [x, g.constant("eg", p["eg"]), g.constant("eb", p["eb"])], axis=-1, epsilon=1e-12)
    mask = g.node("Unsqueeze", [g.node("Cast", ["attention_mask"], to=TensorProto.FLOAT),
                                g.constant("axes12", np.array([1, 2]), np.int64)])  # fmt: skip
    away = g.node("Sub", [g.constant("one", np.array(1.0)), mask])
    bias = g.node("Mul", [away, g.constant("far", np.array(-1e4))])
    shapes = (
        g.constant("apart", np.array([0, 0, HEADS, WIDTH // HEADS]), np.int64),
        g.constant("together", np.array([0, 0, WIDTH]), np.int64),
    )
    for n, d in enumerate(p["L"]):
        x = layer(g, x, bias, n, d, shapes)
    at = g.node("Unsqueeze", ["first", g.constant("last", np.array([-1]), np.int64)])
    at = g.node("Expand", [at, g.constant("wide", np.array([1, 1, WIDTH]), np.int64)])
    w = g.node("GatherElements", [x, at], axis=1)
    hh, hd, lh, ld = (g.node("Relu", [g.node("MatMul", [w, g.constant(n, par[n])])]) for n in ("hh", "hd", "lh", "ld"))
    a = g.node("Add", [g.node("MatMul", [hd, g.constant("A", par["A"][:-1])]), g.constant("Ab", par["A"][-1])])
    g.node("MatMul", [a, g.node("Transpose", [hh], perm=[0, 2, 1])], ["arc"])
    g.node("MatMul", [w, g.constant("t", par["t"])], ["tag"])
    u = par["U"]
    product = g.node("MatMul", [ld, g.constant("U", u[:-1].reshape(u.shape[0] - 1, -1))])
    g.node("Add", [product, g.constant("Ub", u[-1].reshape(-1))], ["dep"])
    g.node("Identity", [lh], ["head"])

    def value(name, kind, *shape):
        return helper.make_tensor_value_info(name, kind, shape)

    whole, real = TensorProto.INT64, TensorProto.FLOAT
    graph = helper.make_graph(
        g.nodes,
        "comity",
        [value("input_ids", whole, "b", "t"), value("attention_mask", whole, "b", "t"), value("first", whole, "b", "w"),
         value("positions", whole, "t")],
        [value("arc", real, "b", "w", "v"), value("tag", real, "b", "w", None), value("dep", real, "b", "w", None),
         value("head", real, "b", "w", None)],
        g.constants,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "float.onnx"
        onnx.save(model, plain)
        quantize_dynamic(
            plain, path, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather"]
        )
