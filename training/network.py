"""The trained networks as the int8 ONNX files that Comity runs, made so that every processor gives the same numbers.

The parser's inputs: `input_ids` [1, piece], `first` [1, word] (place of each word's first piece; 0 is the root's),
`positions` [piece]. Outputs: `arc` [1, dependent, head], `tag` [1, word, tag], and `dep`, `head`, whose product for a
word and its chosen head scores the labels.

Four things keep the numbers the same on every processor:

- Weights have seven bits and a sign, so that no processor saturates: those without VNNI add two products of an unsigned
  and a signed byte in sixteen bits, and 2 * 255 * 64 still fits.
- Sums whose order depends on the processor are sums of whole numbers below 2^24, which single floats add exactly:
  queries, keys, values and the weights of attention are rounded to whole numbers first.
- The two curves whose last digit depends on the processor (GELU and the exponential) are asked for points of a grid
  only, and their values rounded to steps chosen so that no point's value lies near the border between two of them.
- Means and variances are built of single operations, none of which has a variant for a kind of processor.
"""

import json
import math
import shutil

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RUNTIME = "com.microsoft"
"""The operators that onnxruntime adds to the standard: products of bytes with their scales in one."""
HEADS, WIDTH = 12, 32
LARGEST = 63
"""The largest weight: seven bits."""
QUERY, KEY, VALUE = 256, 128, 128
"""Steps a unit of queries, keys and values: of sums of some hundred products none reaches 2^24."""
ARC = 32
"""Steps a unit of the two vectors whose product is an arc's score."""
LOW = -0.25
"""Below the lowest value of the curve."""
WEIGHT = 256
"""Steps a unit of an attention weight, the largest of a row being 1."""
NOISE = 5e-7
"""How far two processors' values of a curve may lie apart, times the larger of 1 and the value: eight roundings."""


def flat(par):
    """All weights by one name each."""
    out = {k: np.asarray(v) for k, v in par.items() if k != "bert"}
    for k, v in par["bert"].items():
        if k == "L":
            out |= {f"bert.{i}.{name}": np.asarray(a) for i, d in enumerate(v) for name, a in d.items()}
        else:
            out[f"bert.{k}"] = np.asarray(v)
    return out


def gelu(x):
    """The curve of the layers.

    >>> gelu(np.array([-20.0, 0.0, 20.0])).tolist()
    [-0.0, 0.0, 20.0]
    """
    return x * np.array([0.5 * math.erfc(-v / math.sqrt(2)) for v in x])


def clear(curve, low, high, steps):
    """Points a unit at which a curve may be asked between two ends so that no value lies near a border of its steps.

    >>> clear(np.exp, -8, 0, 256)
    256
    """
    for points in range(256, 1024):
        values = curve(np.arange(math.floor(low * points), math.ceil(high * points) + 1) / points)
        away = np.abs(values * steps % 1 - 0.5)
        if (away > NOISE * np.maximum(1, np.abs(values)) * steps).all():
            return points
    raise AssertionError("every grid has a value near a border")


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

    def single(self, x, outputs=None):
        return self.node("Cast", [x], outputs, to=TensorProto.FLOAT)

    def bytes_of(self, name, matrix):
        """Names of a matrix as bytes, of its scale for each column, and of its zero points."""
        scales = np.maximum(np.abs(matrix).max(0), 1e-12).astype(np.float32) / np.float32(LARGEST)
        kept = self.constant(name, np.round(matrix / scales), np.int8)
        zero = self.constant(f"{name}_zero", np.zeros(len(scales)), np.int8)
        return kept, self.constant(f"{name}_scale", scales), zero

    def dense(self, x, name, matrix, bias):
        """Vectors, quantised by their own range, times a matrix of weights, with something added."""
        kept, scale, zero = self.bytes_of(name, matrix)
        inputs = [x, kept, scale, zero, self.constant(f"{name}_bias", bias)]
        return self.node("DynamicQuantizeMatMul", inputs, domain=RUNTIME)

    def product(self, x, name, matrix, bias=None, outputs=None):
        """Vectors as bytes (their name, that of their scale and of their zero point) times a matrix of weights."""
        kept, scale, zero = self.bytes_of(name, matrix)
        inputs = [x[0], kept, x[1], scale, x[2], zero]
        inputs += [] if bias is None else [self.constant(f"{name}_bias", bias)]
        return self.node("MatMulIntegerToFloat", inputs, outputs, domain=RUNTIME)

    def quantised(self, x):
        """Vectors as bytes by their own range."""
        k = len(self.nodes) + 1
        return self.node("DynamicQuantizeLinear", [x], [f"x{k}", f"x{k}_scale", f"x{k}_zero"])

    def along(self):
        if "along" not in {w.name for w in self.weights}:
            self.constant("along", [-1], np.int64)
        return "along"

    def normed(self, x, name, gain, shift):
        """Each vector with mean 0 and variance 1, then stretched and shifted: the mean square less the squared mean."""
        c, n = self.constant, self.node
        mean = n("ReduceMean", [x, self.along()])
        square = n("Mul", [n("ReduceSumSquare", [x, self.along()]), c(f"{name}_part", np.float32(1 / len(gain)))])
        spread = n("Sqrt", [n("Add", [n("Sub", [square, n("Mul", [mean, mean])]), c(f"{name}_least", 1e-12)])])
        x = n("Div", [n("Sub", [x, mean]), spread])
        return n("Add", [n("Mul", [x, c(f"{name}_gain", gain)]), c(f"{name}_shift", shift)])

    def attended(self, x, layer, matrix, bias):
        """What each piece takes from all others, in steps of a value."""
        c, n = self.constant, self.node
        grain = np.repeat([QUERY, KEY, VALUE], HEADS * WIDTH)
        y = n("Round", [self.dense(x, f"qkv{layer}", matrix * grain, bias * grain)])
        split, joined = np.array([0, 0, HEADS, WIDTH]), np.array([0, 0, HEADS * WIDTH])
        split, joined = c(f"split{layer}", split, np.int64), c(f"joined{layer}", joined, np.int64)
        q, k, v = n("Split", [y], [f"{z}{layer}" for z in "qkv"], axis=-1, num_outputs=3)
        q = n("Transpose", [n("Reshape", [q, split])], perm=[0, 2, 1, 3])
        k = n("Transpose", [n("Reshape", [k, split])], perm=[0, 2, 3, 1])
        v = n("Transpose", [n("Reshape", [v, split])], perm=[0, 2, 1, 3])
        s = n("MatMul", [q, k])
        points = clear(np.exp, -12, 0, WEIGHT)
        s = n("Sub", [s, n("ReduceMax", [s, self.along()])])
        s = n("Round", [n("Mul", [s, c(f"points{layer}", points / (QUERY * KEY))])])
        s = n("Exp", [n("Mul", [s, c(f"unit{layer}", np.float32(1 / points))])])
        s = n("Round", [n("Mul", [s, c(f"weight{layer}", WEIGHT)])])
        o = n("Div", [n("MatMul", [s, v]), n("ReduceSum", [s, self.along()])])
        return n("Reshape", [n("Transpose", [o], perm=[0, 2, 1, 3]), joined])

    def curved(self, x, layer, d):
        """The middle of a layer: stretched, through the curve, and back."""
        c, n = self.constant, self.node
        high = float(d["high"])
        step = np.float32((high - LOW) / 255)
        points = clear(gelu, -8, high, 1 / float(step))
        y = n("Round", [self.dense(x, f"W4_{layer}", d["W4"] * points, d["b4"] * points)])
        y = n("Gelu", [n("Mul", [y, c(f"point{layer}", np.float32(1 / points))])])
        ends = [c(f"step{layer}", step), c(f"middle{layer}", round(-LOW / float(step)), np.uint8)]
        return self.product((n("QuantizeLinear", [y, *ends]), *ends), f"W5_{layer}", d["W5"], d["b5"])

    def rows_of(self, name, table, places):
        """Rows of a table of vectors, which is kept as bytes with one scale."""
        low, high = min(0.0, float(table.min())), max(0.0, float(table.max()))
        scale = np.float32((high - low) / 255)
        zero = np.uint8(np.clip(np.round(-low / scale), 0, 255))
        kept = np.clip(np.round(table / scale) + int(zero), 0, 255)
        found = self.node("Gather", [self.constant(name, kept, np.uint8), places])
        ends = [self.constant(f"{name}_scale", scale), self.constant(f"{name}_zero", zero, np.uint8)]
        return self.node("DequantizeLinear", [found, *ends])


SHARED = 2
"""So many lower layers of the parser serve the frames too."""


def _encoder(g, w, low):
    """The encoder's vectors; `low` names an output: the vectors after the lower layers that others share."""
    c, n = g.constant, g.node
    x = n("Add", [g.rows_of("w", w["bert.w"], "input_ids"), g.rows_of("p", w["bert.p"], "positions")])
    x = n("Add", [x, c("t0", w["bert.t"][0])])
    return _layers(g, g.normed(x, "e", w["bert.eg"], w["bert.eb"]), w, low)


def _layers(g, x, w, low=None):
    """The vectors after all layers of the encoder."""
    n, layer = g.node, 0
    while f"bert.{layer}.W0" in w:
        names = [f"{x}{i}" for x in "Wb" for i in range(6)] + ["g0", "h0", "g1", "h1", "high"]
        d = {k: w[f"bert.{layer}.{k}"] for k in names}
        # the scale of attention is folded into the queries
        root = np.sqrt(WIDTH)
        matrix, bias = (np.concatenate([d[f"{k}0"] / root, d[f"{k}1"], d[f"{k}2"]], -1) for k in "Wb")
        y = g.attended(x, layer, matrix, bias)
        y = g.dense(y, f"W3_{layer}", d["W3"] / VALUE, d["b3"])
        x = g.normed(n("Add", [x, y]), f"n0_{layer}", d["g0"], d["h0"])
        x = g.normed(n("Add", [x, g.curved(x, layer, d)]), f"n1_{layer}", d["g1"], d["h1"])
        layer += 1
        if low is not None and layer == SHARED:
            n("Identity", [x], [low])
    return x


def build(w):
    """The parser's network."""
    g = _Graph()
    c, n = g.constant, g.node
    x = _encoder(g, w, low="low")
    place = n("Unsqueeze", ["first", c("axm1", [-1], np.int64)])
    word = g.quantised(n("GatherElements", [x, n("Expand", [place, c("e384", [1, 1, 384], np.int64)])], axis=1))
    hh, hd, lh, ld = (n("Relu", [g.product(word, k, w[k])]) for k in ("hh", "hd", "lh", "ld"))
    # arcs are sums of whole numbers too
    y = n("Round", [g.dense(hd, "A", w["A"][:-1] * ARC, w["A"][-1] * ARC)])
    heads = n("Round", [n("Mul", [hh, c("arc_steps", ARC)])])
    n("MatMul", [y, n("Transpose", [heads], perm=[0, 2, 1])], ["arc"])
    g.product(word, "t", w["t"], outputs=["tag"])
    u = w["U"]
    n("Identity", [g.dense(ld, "U", u[:-1].reshape(len(u) - 1, -1), u[-1].reshape(-1))], ["dep"])
    n("Identity", [lh], ["head"])
    whole, real, info = TensorProto.INT64, TensorProto.FLOAT, helper.make_tensor_value_info
    inputs = [info("input_ids", whole, [1, "t"]), info("first", whole, [1, "w"]), info("positions", whole, ["t"])]
    outputs = [info("arc", real, [1, "w", "w2"])] + [info(k, real, [1, "w", None]) for k in ("tag", "dep", "head")]
    outputs.append(info("low", real, [1, "t", 384]))
    return _checked(helper.make_graph(g.nodes, "comity", inputs, outputs, g.weights))


def build_pairs(w):
    """The classifier of pairs, on the parser's lower vectors of a text: `low` [1, piece, 384].

    `source` and `target` [1, piece] are 1 in either span. The mean vectors of the text and of both are weighed with
    votes.
    """
    g = _Graph()
    c, n = g.constant, g.node
    x = "low"
    for name in ("source", "target"):
        spread = n("Unsqueeze", [name, c(f"ax_{name}", [-1], np.int64)])
        x = n("Add", [x, n("Mul", [spread, c(f"mark_{name}", w[name])])])
    x = _layers(g, x, w)
    pieces = c("pieces", [1], np.int64)

    def mean(mask):
        wide = n("Unsqueeze", [mask, c(f"wide_{mask}", [-1], np.int64)])
        total = n("ReduceSum", [n("Mul", [x, wide]), pieces], keepdims=0)
        return n("Div", [total, n("Max", [n("ReduceSum", [mask, pieces], keepdims=1), c(f"least_{mask}", 1)])])

    first = n("Squeeze", [n("Slice", [x, c("from", [0], np.int64), c("till", [1], np.int64), pieces]), pieces])
    whole = n("ReduceMean", [x, pieces], keepdims=0)
    vectors = n("Concat", [first, whole, mean("source"), mean("target")], axis=-1)
    votes = g.product(g.quantised("votes"), "F", w["F"])
    n("Add", [g.dense(vectors, "W", w["W"], w["b"]), votes], ["types"])
    real, info = TensorProto.FLOAT, helper.make_tensor_value_info
    inputs = [info("low", real, [1, "t", 384]), info("source", real, [1, "t"]), info("target", real, [1, "t"])]
    inputs.append(info("votes", real, [1, len(w["F"])]))
    return _checked(helper.make_graph(g.nodes, "comity-pairs", inputs, [info("types", real, [1, None])], g.weights))


def build_frames(w):
    """The network of frames, on the parser's lower vectors of the pieces of several sentences.

    Inputs: `low` [1, piece, 384], `sentence` [piece] (the number of each piece's sentence in the window), `first` [1,
    word]. For each word it gives what the word reports, and its vectors as a word that reports and as a party.
    """
    g = _Graph()
    c, n = g.constant, g.node
    x = _layers(g, n("Add", ["low", g.rows_of("order", w["order"], "sentence")]), w)
    place = n("Unsqueeze", ["first", c("axm1", [-1], np.int64)])
    word = g.quantised(n("GatherElements", [x, n("Expand", [place, c("e384", [1, 1, 384], np.int64)])], axis=1))
    hidden = g.quantised(n("Relu", [g.product(word, "t1", w["t1"], w["c1"])]))
    g.product(hidden, "t2", w["t2"], w["c2"], ["types"])
    g.product(hidden, "o2", w["o2"], w["co"], ["other"])
    for name, output in (("s2", "status"), ("g2", "stage"), ("m2", "measure")):
        g.product(hidden, name, w[name], outputs=[output])
    for name in ("rt", "rm"):
        n("Relu", [g.product(word, name, w[name])], [f"{name}_out"])
    whole, real, info = TensorProto.INT64, TensorProto.FLOAT, helper.make_tensor_value_info
    inputs = [info("low", real, [1, "t", 384]), info("sentence", whole, ["t"]), info("first", whole, [1, "w"])]
    names = ("types", "other", "status", "stage", "measure", "rt_out", "rm_out")
    outputs = [info(k, real, [1, "w", None]) for k in names]
    return _checked(helper.make_graph(g.nodes, "comity-frames", inputs, outputs, g.weights))


def _checked(graph):
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(RUNTIME, 1)], ir_version=9
    )
    onnx.checker.check_model(model)
    return model


def save(weights, labels, tags, tokenizer, out):
    """Writes `encoder.onnx`, `labels.json` and `tokenizer.json`."""
    onnx.save(build(weights), out / "encoder.onnx")
    (out / "labels.json").write_text(json.dumps({"labels": labels, "tags": tags}), encoding="utf-8")
    shutil.copy(tokenizer, out / "tokenizer.json")


def stored(path):
    """All weights of a file that `build` made, by one name each, as floats."""
    arrays = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}

    def matrix(name):
        return arrays[name].astype(np.float32) * arrays[f"{name}_scale"]

    def table(name):
        return (arrays[name].astype(np.float32) - np.float32(arrays[f"{name}_zero"])) * arrays[f"{name}_scale"]

    out = {"bert.w": table("w"), "bert.p": table("p"), "bert.t": arrays["t0"][None]}
    out |= {"bert.eg": arrays["e_gain"], "bert.eb": arrays["e_shift"]}
    root, grain, layer = np.sqrt(WIDTH), np.repeat([QUERY, KEY, VALUE], HEADS * WIDTH), 0
    while f"qkv{layer}" in arrays:
        points = np.round(1 / arrays[f"point{layer}"])
        d = {"W": matrix(f"qkv{layer}") / grain, "b": arrays[f"qkv{layer}_bias"] / grain}
        d = {f"{k}{i}": part for k in "Wb" for i, part in enumerate(np.split(d[k], 3, -1))}
        d |= {f"{k}0": d[f"{k}0"] * root for k in "Wb"}
        d |= {"W3": matrix(f"W3_{layer}") * VALUE, "W4": matrix(f"W4_{layer}") / points, "W5": matrix(f"W5_{layer}")}
        d |= {f"b{i}": arrays[f"W{i}_{layer}_bias"] for i in (3, 4, 5)}
        d["b4"] = d["b4"] / points
        for i in (0, 1):
            d[f"g{i}"], d[f"h{i}"] = arrays[f"n{i}_{layer}_gain"], arrays[f"n{i}_{layer}_shift"]
        d["high"] = np.squeeze(255 * arrays[f"step{layer}"] + LOW)
        out |= {f"bert.{layer}.{k}": np.asarray(v, np.float32) for k, v in d.items()}
        layer += 1
    out |= {k: matrix(k) for k in ("hh", "hd", "lh", "ld", "t")}
    out["A"] = np.concatenate([matrix("A"), arrays["A_bias"][None]]) / ARC
    u = matrix("U")
    out["U"] = np.concatenate([u, arrays["U_bias"][None]]).reshape(len(u) + 1, -1, len(u) + 1)
    return out
