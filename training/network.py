"""The trained networks as the int8 ONNX files that Comity runs, made so that every processor gives the same numbers.

The parser is two files. The lower layers, which everything else builds on: inputs `input_ids` [1, piece] and
`positions` [piece], output `low` [1, piece, 384]. The upper ones: inputs `low` and `first` [1, word] (place of each
word's first piece; 0 is the root's), outputs `arc` [1, dependent, head], `tag` [1, word, tag], and `dep`, `head`, whose
product for a word and its chosen head scores the labels.

Five things keep the numbers the same on every processor:

- Weights have seven bits and a sign, so that no processor saturates: those without VNNI add two products of an unsigned
  and a signed byte in sixteen bits, and 2 * 255 * 64 still fits.
- Sums whose order depends on the processor are sums of whole numbers below 2^24, which single floats add exactly:
  queries, keys, values and the weights of attention are rounded to whole numbers first.
- The two curves whose last digit depends on the processor (GELU and the exponential) are asked for points of a grid
  only, and their values rounded to steps chosen so that no point's value lies near the border between two of them.
- Numbers are rounded by adding one so large that a float has no room for what is finer, and taking it away again: two
  operations that every processor does alike, and faster than rounding.
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
GRID = 256
"""Points a unit at which the two curves are asked."""
TOP = 1420
"""Points that are added to an attention score whose largest is 0: the largest weight of a row is 256 steps."""
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


def clear(values, steps):
    """Whether none of some values lies near the border between two of so many steps a unit.

    >>> bool(clear(np.exp(np.arange(-3072, TOP + 1) / GRID), 1))
    True
    """
    away = np.abs(values * steps % 1 - 0.5)
    return (away > NOISE * np.maximum(1, np.abs(values)) * steps).all()


def cleared(high):
    """The top of a layer's curve, raised by as little as keeps every point of the grid off the borders of its steps.

    >>> 5 <= cleared(5.0) < 5.1
    True
    """
    while True:
        points = np.arange(math.floor(-8 * GRID), math.ceil(high * GRID) + 1) / GRID
        if clear(gelu(points), 255 / (high - LOW)):
            return high
        high *= 1.0005


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

    def common(self, name, value, kind=np.float32):
        """A constant that several nodes share."""
        return name if name in {w.name for w in self.weights} else self.constant(name, value, kind)

    def along(self):
        return self.common("along", [-1], np.int64)

    def normed(self, x, name, gain, shift):
        """Each vector with mean 0 and variance 1, then stretched and shifted: the mean square less the squared mean."""
        c, n = self.constant, self.node
        mean = n("ReduceMean", [x, self.along()])
        square = n("ReduceMean", [n("Mul", [x, x]), self.along()])
        spread = n("Sqrt", [n("Add", [n("Sub", [square, n("Mul", [mean, mean])]), c(f"{name}_least", 1e-12)])])
        x = n("Div", [n("Sub", [x, mean]), spread])
        return n("Add", [n("Mul", [x, c(f"{name}_gain", gain)]), c(f"{name}_shift", shift)])

    def attended(self, x, layer, matrix, bias):
        """What each piece takes from all others, in steps of a value."""
        n = self.node
        grain = np.repeat([QUERY, KEY, VALUE], HEADS * WIDTH)
        y = self.rounded(self.dense(x, f"qkv{layer}", matrix * grain, bias * grain))
        split = self.common("split", [0, 0, 3 * HEADS, WIDTH], np.int64)
        joined = self.common("joined", [0, 0, HEADS * WIDTH], np.int64)
        y = n("Transpose", [n("Reshape", [y, split])], perm=[0, 2, 1, 3])
        q, k, v = n("Split", [y], [f"{z}{layer}" for z in "qkv"], axis=1, num_outputs=3)
        s = n("FusedMatMul", [q, k], domain=RUNTIME, transB=1, alpha=1 / (QUERY * KEY))
        s = n("Sub", [s, n("ReduceMax", [s, self.along()])])
        s = n("Exp", [self.rounded(s, GRID, TOP)])
        s = self.rounded(s)
        o = n("Div", [n("MatMul", [s, v]), n("ReduceSum", [s, self.along()])])
        return n("Reshape", [n("Transpose", [o], perm=[0, 2, 1, 3]), joined])

    def rounded(self, x, points=1, more=0):
        """Numbers rounded to a grid of so many points a unit, with so many points added."""
        far = 1.5 * 2**23 / points
        ends = [self.common(f"far {value:g}", value) for value in (far, far - more / points)]
        return self.node("Sub", [self.node("Add", [x, ends[0]]), ends[1]])

    def curved(self, x, layer, d):
        """The middle of a layer: stretched, through the curve, and back."""
        c, n = self.constant, self.node
        step = np.float32((cleared(float(d["high"])) - LOW) / 255)
        y = n("Gelu", [self.rounded(self.dense(x, f"W4_{layer}", d["W4"], d["b4"]), GRID)])
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


def build_lower(w):
    """The network of the lower layers, which everything else builds on."""
    g = _Graph()
    c, n = g.constant, g.node
    x = n("Add", [g.rows_of("w", w["bert.w"], "input_ids"), g.rows_of("p", w["bert.p"], "positions")])
    x = n("Add", [x, c("t0", w["bert.t"][0])])
    x = _layers(g, g.normed(x, "e", w["bert.eg"], w["bert.eb"]), w, range(SHARED))
    n("Identity", [x], ["low"])
    whole, info = TensorProto.INT64, helper.make_tensor_value_info
    inputs = [info("input_ids", whole, [1, "t"]), info("positions", whole, ["t"])]
    outputs = [info("low", TensorProto.FLOAT, [1, "t", 384])]
    return _checked(helper.make_graph(g.nodes, "comity-lower", inputs, outputs, g.weights))


def _layers(g, x, w, which):
    """The vectors after some layers of the encoder."""
    n = g.node
    for layer in which:
        names = [f"{x}{i}" for x in "Wb" for i in range(6)] + ["g0", "h0", "g1", "h1", "high"]
        d = {k: w[f"bert.{layer}.{k}"] for k in names}
        # the scale of attention is folded into the queries
        root = np.sqrt(WIDTH)
        matrix, bias = (np.concatenate([d[f"{k}0"] / root, d[f"{k}1"], d[f"{k}2"]], -1) for k in "Wb")
        y = g.attended(x, layer, matrix, bias)
        y = g.dense(y, f"W3_{layer}", d["W3"] / VALUE, d["b3"])
        x = g.normed(n("Add", [x, y]), f"n0_{layer}", d["g0"], d["h0"])
        x = g.normed(n("Add", [x, g.curved(x, layer, d)]), f"n1_{layer}", d["g1"], d["h1"])
    return x


def _all(w, start=0):
    """The numbers of the layers that there are from one on."""
    return range(start, start + sum(f"bert.{i}.W0" in w for i in range(start, 99)))


def build_upper(w):
    """The network of the parser's upper layers and of what it gives."""
    g = _Graph()
    c, n = g.constant, g.node
    x = _layers(g, "low", w, _all(w, SHARED))
    place = n("Unsqueeze", ["first", c("axm1", [-1], np.int64)])
    word = g.quantised(n("GatherElements", [x, n("Expand", [place, c("e384", [1, 1, 384], np.int64)])], axis=1))
    hh, hd, lh, ld = (n("Relu", [g.product(word, k, w[k])]) for k in ("hh", "hd", "lh", "ld"))
    # arcs are sums of whole numbers too
    y = g.rounded(g.dense(hd, "A", w["A"][:-1] * ARC, w["A"][-1] * ARC))
    heads = g.rounded(n("Mul", [hh, c("arc_steps", ARC)]))
    n("MatMul", [y, n("Transpose", [heads], perm=[0, 2, 1])], ["arc"])
    g.product(word, "t", w["t"], outputs=["tag"])
    u = w["U"]
    n("Identity", [g.dense(ld, "U", u[:-1].reshape(len(u) - 1, -1), u[-1].reshape(-1))], ["dep"])
    n("Identity", [lh], ["head"])
    whole, real, info = TensorProto.INT64, TensorProto.FLOAT, helper.make_tensor_value_info
    inputs = [info("low", real, [1, "t", 384]), info("first", whole, [1, "w"])]
    outputs = [info("arc", real, [1, "w", "w2"])] + [info(k, real, [1, "w", None]) for k in ("tag", "dep", "head")]
    return _checked(helper.make_graph(g.nodes, "comity-upper", inputs, outputs, g.weights))


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
    x = _layers(g, x, w, _all(w))
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
    x = _layers(g, n("Add", ["low", g.rows_of("order", w["order"], "sentence")]), w, _all(w))
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


def build_relevance(w):
    """The network of relevance, on the parser's lower vectors of a sentence: `low` [1, piece, 384].

    `numbers` [1, 3] are what counts of the parties named tell. The largest and the mean of each hidden number over all
    pieces are weighed with them.
    """
    g = _Graph()
    c, n = g.constant, g.node
    x = n("Relu", [g.dense("low", "W", w["W"], w["b"])])
    pieces = c("pieces", [1], np.int64)
    seen = [n("ReduceMax", [x, pieces], keepdims=0), n("ReduceMean", [x, pieces], keepdims=0), "numbers"]
    x = n("Relu", [g.dense(n("Concat", seen, axis=-1), "V", w["V"], w["c"])])
    n("Identity", [g.dense(x, "u", w["u"], w["d"])], ["score"])
    real, info = TensorProto.FLOAT, helper.make_tensor_value_info
    inputs = [info("low", real, [1, "t", 384]), info("numbers", real, [1, 3])]
    return _checked(helper.make_graph(g.nodes, "comity-relevance", inputs, [info("score", real, [1, 1])], g.weights))


def _checked(graph):
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(RUNTIME, 1)], ir_version=9
    )
    onnx.checker.check_model(model)
    return model


def save(weights, labels, tags, tokenizer, out):
    """Writes `lower.onnx`, `upper.onnx`, `labels.json` and `tokenizer.json`."""
    onnx.save(build_lower(weights), out / "lower.onnx")
    onnx.save(build_upper(weights), out / "upper.onnx")
    (out / "labels.json").write_text(json.dumps({"labels": labels, "tags": tags}), encoding="utf-8")
    shutil.copy(tokenizer, out / "tokenizer.json")


def stored(folder):
    """All weights of the two files that `save` made, by one name each, as floats."""
    graphs = [onnx.load(folder / name).graph for name in ("lower.onnx", "upper.onnx")]
    arrays = {i.name: numpy_helper.to_array(i) for graph in graphs for i in graph.initializer}

    def matrix(name):
        return arrays[name].astype(np.float32) * arrays[f"{name}_scale"]

    def table(name):
        return (arrays[name].astype(np.float32) - np.float32(arrays[f"{name}_zero"])) * arrays[f"{name}_scale"]

    out = {"bert.w": table("w"), "bert.p": table("p"), "bert.t": arrays["t0"][None]}
    out |= {"bert.eg": arrays["e_gain"], "bert.eb": arrays["e_shift"]}
    root, grain, layer = np.sqrt(WIDTH), np.repeat([QUERY, KEY, VALUE], HEADS * WIDTH), 0
    while f"qkv{layer}" in arrays:
        d = {"W": matrix(f"qkv{layer}") / grain, "b": arrays[f"qkv{layer}_bias"] / grain}
        d = {f"{k}{i}": part for k in "Wb" for i, part in enumerate(np.split(d[k], 3, -1))}
        d |= {f"{k}0": d[f"{k}0"] * root for k in "Wb"}
        d |= {"W3": matrix(f"W3_{layer}") * VALUE, "W4": matrix(f"W4_{layer}"), "W5": matrix(f"W5_{layer}")}
        d |= {f"b{i}": arrays[f"W{i}_{layer}_bias"] for i in (3, 4, 5)}
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
