"""The trained network as the int8 ONNX file that Comity runs.

Inputs: `input_ids`, `attention_mask` [batch, piece], `first` [batch, word] (place of each word's first piece; 0 is the
root's), `positions` [piece]. Outputs: `arc` [batch, dependent, head], `tag` [batch, word, tag], and `dep`, `head`,
whose product for a word and its chosen head scores the labels.
"""

import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def flat(par):
    """All weights by one name each."""
    out = {k: np.asarray(v) for k, v in par.items() if k != "bert"}
    for k, v in par["bert"].items():
        if k == "L":
            out |= {f"bert.{i}.{name}": np.asarray(a) for i, d in enumerate(v) for name, a in d.items()}
        else:
            out[f"bert.{k}"] = np.asarray(v)
    return out


class _Graph:
    def __init__(self):
        self.nodes, self.weights = [], []

    def constant(self, name, value, kind=np.float32):
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(np.asarray(value).astype(kind)), name))
        return name

    def node(self, kind, inputs, outputs=None, **how):
        k = len(self.nodes) + 1
        outputs = outputs or [f"x{k}"]
        self.nodes.append(helper.make_node(kind, inputs, outputs, name=f"n{k}_{kind}", **how))
        return outputs[0] if len(outputs) == 1 else outputs


def _encoder(g, w, marks=()):
    """The encoder's vectors; `marks` are inputs [batch, piece] whose learnt vectors are added where they are 1."""
    c, n = g.constant, g.node
    x = n("Gather", [c("w", w["bert.w"]), "input_ids"])
    x = n("Add", [x, n("Gather", [c("p", w["bert.p"]), "positions"])])
    x = n("Add", [x, c("t0", w["bert.t"][0])])
    for name in marks:
        spread = n("Unsqueeze", [name, c(f"ax_{name}", [-1], np.int64)])
        x = n("Add", [x, n("Mul", [spread, c(f"mark_{name}", w[name])])])
    x = n("LayerNormalization", [x, c("eg", w["bert.eg"]), c("eb", w["bert.eb"])], axis=-1, epsilon=1e-12)
    mask = n("Unsqueeze", [n("Cast", ["attention_mask"], to=TensorProto.FLOAT), c("ax12", [1, 2], np.int64)])
    bias = n("Mul", [n("Sub", [c("onef", 1), mask]), c("neg", -1e4)])
    split, joined = c("shp", [0, 0, 12, 32], np.int64), c("shb", [0, 0, 384], np.int64)
    layer = 0
    while f"bert.{layer}.W0" in w:
        d = {k: w[f"bert.{layer}.{k}"] for k in [f"W{i}" for i in range(6)] + [f"b{i}" for i in range(6)]}
        d |= {k: w[f"bert.{layer}.{k}"] for k in ("g0", "h0", "g1", "h1")}
        # the scale of attention is folded into the queries
        root = np.sqrt(32)
        y = n("MatMul", [x, c(f"qkv{layer}", np.concatenate([d["W0"] / root, d["W1"], d["W2"]], 1))])
        y = n("Add", [y, c(f"bqkv{layer}", np.concatenate([d["b0"] / root, d["b1"], d["b2"]]))])
        q, k, v = n("Split", [y], [f"{z}{layer}" for z in "qkv"], axis=-1, num_outputs=3)
        q = n("Transpose", [n("Reshape", [q, split])], perm=[0, 2, 1, 3])
        k = n("Transpose", [n("Reshape", [k, split])], perm=[0, 2, 3, 1])
        v = n("Transpose", [n("Reshape", [v, split])], perm=[0, 2, 1, 3])
        a = n("Softmax", [n("Add", [n("MatMul", [q, k]), bias])], axis=-1)
        o = n("Reshape", [n("Transpose", [n("MatMul", [a, v])], perm=[0, 2, 1, 3]), joined])

        def dense(value, i, layer=layer, d=d):
            return n("Add", [n("MatMul", [value, c(f"W{i}_{layer}", d[f"W{i}"])]), c(f"b{i}_{layer}", d[f"b{i}"])])

        def normed(value, i, layer=layer, d=d):
            ends = [c(f"g{i}_{layer}", d[f"g{i}"]), c(f"h{i}_{layer}", d[f"h{i}"])]
            return n("LayerNormalization", [value, *ends], axis=-1, epsilon=1e-12)

        x = normed(n("Add", [x, dense(o, 3)]), 0)
        x = normed(n("Add", [x, dense(n("Gelu", [dense(x, 4)]), 5)]), 1)
        layer += 1
    return x


def build(w):
    """The network with float weights."""
    g = _Graph()
    c, n = g.constant, g.node
    x = _encoder(g, w)
    place = n("Unsqueeze", ["first", c("axm1", [-1], np.int64)])
    word = n("GatherElements", [x, n("Expand", [place, c("e384", [1, 1, 384], np.int64)])], axis=1)
    hh, hd, lh, ld = (n("Relu", [n("MatMul", [word, c(k, w[k])])]) for k in ("hh", "hd", "lh", "ld"))
    y = n("Add", [n("MatMul", [hd, c("A", w["A"][:-1])]), c("Ab", w["A"][-1])])
    n("MatMul", [y, n("Transpose", [hh], perm=[0, 2, 1])], ["arc"])
    n("MatMul", [word, c("t", w["t"])], ["tag"])
    u = w["U"]
    n("Add", [n("MatMul", [ld, c("U", u[:-1].reshape(len(u) - 1, -1))]), c("Ub", u[-1].reshape(-1))], ["dep"])
    n("Identity", [lh], ["head"])
    whole, real, info = TensorProto.INT64, TensorProto.FLOAT, helper.make_tensor_value_info
    inputs = [
        info("input_ids", whole, ["b", "t"]), info("attention_mask", whole, ["b", "t"]),
        info("first", whole, ["b", "w"]), info("positions", whole, ["t"]),
    ]  # fmt: skip
    outputs = [info("arc", real, ["b", "w", "w2"])] + [info(k, real, ["b", "w", None]) for k in ("tag", "dep", "head")]
    graph = helper.make_graph(g.nodes, "comity", inputs, outputs, g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def build_pairs(w):
    """The classifier of pairs with float weights: mean vectors of the text and of both spans, weighed with votes."""
    g = _Graph()
    c, n = g.constant, g.node
    x = _encoder(g, w, ("source", "target"))

    def mean(mask):
        wide = n("Unsqueeze", [mask, c(f"wide_{mask}", [-1], np.int64)])
        total = n("ReduceSum", [n("Mul", [x, wide]), c(f"axis_{mask}", [1], np.int64)], keepdims=0)
        count = n("ReduceSum", [mask, c(f"count_{mask}", [1], np.int64)], keepdims=1)
        return n("Div", [total, n("Max", [count, c(f"least_{mask}", 1)])])

    n("Cast", ["attention_mask"], ["read"], to=TensorProto.FLOAT)
    first = n("Squeeze", [n("Slice", [x, c("from", [0], np.int64), c("till", [1], np.int64), c("axis", [1], np.int64)]),
                          c("squeezed", [1], np.int64)])  # fmt: skip
    vectors = n("Concat", [first, mean("read"), mean("source"), mean("target")], axis=-1)
    scored = n("Add", [n("MatMul", [vectors, c("W", w["W"])]), n("MatMul", ["votes", c("F", w["F"])])])
    n("Add", [scored, c("b", w["b"])], ["types"])
    whole, real, info = TensorProto.INT64, TensorProto.FLOAT, helper.make_tensor_value_info
    inputs = [
        info("input_ids", whole, ["b", "t"]), info("attention_mask", whole, ["b", "t"]),
        info("positions", whole, ["t"]), info("source", real, ["b", "t"]), info("target", real, ["b", "t"]),
        info("votes", real, ["b", len(w["F"])]),
    ]  # fmt: skip
    graph = helper.make_graph(g.nodes, "comity-pairs", inputs, [info("types", real, ["b", None])], g.weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.checker.check_model(model)
    return model


def quantised(model, path):
    """Writes a network as int8, a scale a channel."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        real = Path(folder) / "float.onnx"
        onnx.save(model, real)
        quantize_dynamic(
            str(real),
            str(path),
            per_channel=True,
            weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gather"],
        )


def save(weights, labels, tags, tokenizer, out):
    """Writes `encoder.onnx` (int8, a scale a channel), `labels.json` and `tokenizer.json`."""
    quantised(build(weights), out / "encoder.onnx")
    (out / "labels.json").write_text(json.dumps({"labels": labels, "tags": tags}), encoding="utf-8")
    shutil.copy(tokenizer, out / "tokenizer.json")
