"""The enhanced graph of a sentence: its tree, and the links that a tree has no room for.

After the enhanced representation of Universal Dependencies (universaldependencies.org/u/overview/enhanced-syntax):
what is joined by "and" shares its head and its subject, who wants to do a thing also does it, what a relative clause
is about stands in the clause, and a relation carries the preposition or conjunction that marks it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from comity.language.tree import Sentence, Token

# relations that their marker completes: "obl:in", "nmod:of", "advcl:if", "acl:to"
_MARKED = {"obl": "case", "nmod": "case", "advcl": "mark", "acl": "mark"}
# relations that a head gives on to what is joined to it; a headline's beside-clause or a name's parts it does not
_SHARED = frozenset(
    {"nsubj", "csubj", "obj", "iobj", "obl", "nmod", "amod", "appos", "ccomp", "xcomp", "acl", "advcl", "compound",
     "nummod", "advmod", "det", "case"}
)  # fmt: skip
_SUBJECTS = ("nsubj", "csubj")
_RELATIVE = frozenset({"who", "whom", "which", "that", "whose", "whoever"})
_RELATIVE_ADVERBS = frozenset({"when", "where", "why", "whereby"})
# "what they found": the clause is the word's own
_FREE = frozenset({"what", "whatever", "who", "whoever"})
# "the day they met", "the way it works": no object of the clause
_CIRCUMSTANCES = frozenset({"day", "moment", "place", "reason", "time", "way", "week", "year"})
# "promised him to come": who promises comes, whoever is promised
_BY_SUBJECT = frozenset({"promise"})
_SIGNS = {"&": "and", "/": "slash", "+": "plus"}
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "parataxis", "csubj"})


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A link from a head (-1 for the root) to a dependent; `relation` carries its marker, as in `nmod:of`.

    `source` says what it rests on: `tree`, `conjunct`, `control` or `relative`.
    """

    dependent: int
    head: int
    relation: str
    source: str = "tree"

    @property
    def name(self) -> str:
        """The relation without what completes it: `nsubj` of `nsubj:pass`."""
        return self.relation.split(":", 1)[0]


@dataclass(frozen=True)
class Graph:
    """The enhanced graph of a sentence: every edge of its tree, and those that it implies, in the order of words.

    >>> from comity.language.tree import Token
    >>> rows = [("Peru", "PROPN", 1, "nsubj"), ("wants", "VERB", -1, "root"), ("to", "PART", 3, "mark"),
    ...         ("join", "VERB", 1, "xcomp")]
    >>> words = tuple(Token(i, t, 0, 0, t.lower(), u, "", h, r) for i, (t, u, h, r) in enumerate(rows))
    >>> [(e.relation, e.head) for e in Graph(Sentence(0, "text", 0, 0, "", words)).heads(0)]
    [('nsubj', 1), ('nsubj:xsubj', 3)]
    """

    sentence: Sentence

    def heads(self, index: int) -> tuple[Edge, ...]:
        """What a token depends on, the head that its tree gives it first."""
        return self._by_dependent[index]

    def dependents(self, index: int, *relations: str) -> tuple[Edge, ...]:
        """What depends on a token, in text order; with `relations`, only those (`obl` also matches `obl:with`)."""
        found = self._by_head[index]
        if not relations:
            return found
        return tuple(e for e in found if e.relation in relations or e.name in relations)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Every edge, by dependent; of a relative pronoun only the `ref` from what it stands for."""
        return tuple(e for edges in self._by_dependent for e in edges)

    @cached_property
    def _by_head(self) -> tuple[tuple[Edge, ...], ...]:
        below: list[list[Edge]] = [[] for _ in self.sentence.tokens]
        for edge in self.edges:
            if edge.head >= 0:
                below[edge.head].append(edge)
        return tuple(map(tuple, below))

    @cached_property
    def _by_dependent(self) -> tuple[tuple[Edge, ...], ...]:
        return tuple(map(tuple, _Builder(self.sentence).build()))


def graph_of(sentence: Sentence) -> Graph:
    """The graph of a sentence, built once.

    >>> one = Sentence(0, "text", 0, 0, "", ())
    >>> graph_of(one) is graph_of(one)
    True
    """
    found: Graph = sentence.derived.setdefault("graph", Graph(sentence))
    return found


class _Builder:
    """The edges of one graph while they are put together."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.found = [[Edge(t.index, t.head, label(sentence, t))] for t in sentence.tokens]

    def build(self) -> list[list[Edge]]:
        # heads first: what is implied of a head is implied of what hangs on it
        order = list(_downwards(self.sentence))
        for t in order:
            if t.deprel in {"acl:relcl", "advcl:relcl"}:
                self._relative(t, t.head)
            elif t.deprel == "conj" and self.tokens[t.head].deprel == "acl:relcl":
                self._relative(t, self.tokens[t.head].head)
        for t in order:
            if t.deprel == "conj":
                self._share_heads(t)
        for t in order:
            if t.deprel == "conj":
                self._share_subject(t)
            elif t.deprel == "xcomp":
                self._control(t, t.head)
        return self.found

    def _add(self, dependent: int, head: int, relation: str, source: str) -> None:
        if dependent != head and all(e.head != head or e.relation != relation for e in self.found[dependent]):
            self.found[dependent].append(Edge(dependent, head, relation, source))

    def _share_heads(self, token: Token) -> None:
        """What is joined to a word stands where the word stands: "met the kings of Spain and Norway"."""
        first = self.tokens[token.head]
        own = _marker(self.sentence, token, _MARKED.get(first.relation, "case"))
        for edge in tuple(self.found[first.index]):
            if edge.name not in _SHARED or edge.source == "relative" or edge.head == token.index:
                continue
            relation = edge.relation
            if own and edge.name in _MARKED and relation not in {"nmod:poss", "acl:relcl", "obl:agent"}:
                relation = f"{edge.name}:{own}"
            elif edge.name in {"amod", "compound"}:
                relation = {"ADJ": "amod", "NOUN": "compound", "PROPN": "compound"}.get(token.upos, relation)
            self._add(token.index, edge.head, relation, "conjunct")

    def _share_subject(self, token: Token) -> None:
        """A predicate joined to another has its subject where it has none: "met and signed"."""
        if self._has_subject(token.index) or not _predicate(self.sentence, token):
            return
        done = _participle(self.sentence, token)
        for edge in self._subjects(token.head):
            relation = edge.relation
            if relation in {"nsubj", "nsubj:pass"}:
                relation = "nsubj:pass" if done else "nsubj"
            self._add(edge.dependent, token.index, relation, "conjunct")
        for below in self.sentence.children(token.index, "xcomp"):
            self._control(below, token.index)

    def _control(self, token: Token, above: int) -> None:
        """Who is to do what another verb wants, begins or orders: its object, else its subject."""
        if self._has_subject(token.index):
            return
        orders = self.tokens[above].lemma.lower() not in _BY_SUBJECT
        controllers = [
            e for e in self._below(above) if orders and e.name in {"obj", "iobj"} and e.source != "relative"
        ] or self._subjects(above)
        for edge in controllers:
            name = "csubj" if edge.name == "csubj" else "nsubj"
            self._add(edge.dependent, token.index, f"{name}:xsubj", "control")

    def _relative(self, token: Token, about: int) -> None:
        """What a relative clause is about stands in it where its pronoun stands: "the treaty that Peru signed"."""
        pronoun = next((t for t in self._clause(token.index) if _is_relative(t)), None)
        if pronoun is None:
            if token.deprel == "acl:relcl":
                self._bare_relative(token)
            return
        if pronoun.index == token.index:
            return
        for edge in self.found[pronoun.index] if token.deprel != "advcl:relcl" else ():
            relation = "obl" if pronoun.upos in {"ADV", "SCONJ"} else edge.relation
            self._add(about, edge.head, relation, "relative")
        self.found[pronoun.index] = [Edge(pronoun.index, about, "ref", "relative")]

    def _bare_relative(self, token: Token) -> None:
        """Without a pronoun, the word before a clause is the object that it lacks: "the treaty Peru signed"."""
        kids = self.sentence.below[token.index]
        names = {k.relation for k in kids}
        before = self.tokens[token.head]
        if not names & {"nsubj", "csubj"} or before.lemma.lower() in _FREE:
            return
        below = [k for c in (token, *kids) if c is token or c.deprel == "xcomp" for k in self.sentence.below[c.index]]
        stranded = any(k.upos == "ADP" and k.deprel in {"obl", "case"} and k.index > token.index for k in below)
        if stranded or before.lemma.lower() in _CIRCUMSTANCES:
            self._add(before.index, token.index, "obl", "relative")
        elif token.upos == "VERB" and not names & {"obj", "ccomp"}:
            inner = next(
                (k.index for k in kids if k.deprel == "xcomp" and not self.sentence.children(k.index, "obj")),
                token.index,
            )
            self._add(before.index, inner, "obj", "relative")

    def _clause(self, index: int) -> Iterator[Token]:
        """The words of a clause in text order, without those of the clauses in it."""
        found, todo = [], [index]
        while todo:
            i = todo.pop()
            found.append(i)
            todo += [c.index for c in self.sentence.below[i] if c.relation not in _CLAUSES]
        return (self.tokens[i] for i in sorted(found))

    def _below(self, index: int) -> list[Edge]:
        return [e for edges in self.found for e in edges if e.head == index]

    def _subjects(self, index: int) -> list[Edge]:
        # of "the point is that Peru wants to go" Peru goes, not the point
        return [e for e in self._below(index) if e.name in _SUBJECTS and e.relation != "nsubj:outer"]

    def _has_subject(self, index: int) -> bool:
        return any(c.relation in {*_SUBJECTS, "expl"} for c in self.sentence.below[index])


def label(sentence: Sentence, token: Token) -> str:
    """The relation of a token with what marks it: `nmod:of`, `obl:agent` for who does what is passive, `conj:and`.

    >>> from comity.language.tree import Token
    >>> rows = [("signed", "VERB", -1, "root"), ("in", "ADP", 2, "case"), ("Lima", "PROPN", 0, "obl")]
    >>> words = tuple(Token(i, t, 0, 0, t.lower(), u, "", h, r) for i, (t, u, h, r) in enumerate(rows))
    >>> label(Sentence(0, "text", 0, 0, "", words), words[2])
    'obl:in'
    """
    if token.deprel == "conj":
        joined = _conjunction(sentence, token)
        return f"conj:{joined}" if joined else "conj"
    if token.deprel not in _MARKED:
        return token.deprel
    marker = _marker(sentence, token, _MARKED[token.deprel])
    if token.deprel == "obl" and marker == "by" and passive(sentence, token.head):
        return "obl:agent"
    return f"{token.deprel}:{marker}" if marker else token.deprel


def passive(sentence: Sentence, index: int) -> bool:
    """Whether a predicate is in the passive, or a participle behind what it is done to ("a treaty signed by …")."""
    token = sentence.tokens[index]
    if sentence.children(index, "aux:pass", "nsubj:pass", "csubj:pass"):
        return True
    return (
        token.xpos == "VBN"
        and token.relation in {"acl", "advcl", "amod", "root"}
        and not sentence.children(index, "aux", "nsubj")
    )


def _marker(sentence: Sentence, token: Token, relation: str) -> str:
    """The preposition or conjunction before a token, its words joined by "_"."""
    kids = [c for c in sentence.children(token.index, "case", "mark") if c.index < token.index or relation == "mark"]
    wanted = [c for c in kids if c.deprel == relation] or kids
    if not wanted and relation == "case":  # hung on another word of the same name
        parts = sentence.children(token.index, "flat")
        wanted = [c for p in parts for c in sentence.children(p.index, "case") if c.index < token.index]
    if not wanted and relation == "mark":
        adverbs = sentence.children(token.index, "advmod")
        wanted = [c for c in adverbs if c.lemma.lower() in {"when", "where"} and c.index < token.index][:1]
    words = [w for c in wanted for w in (c, *sentence.children(c.index, "fixed")) if w.upos != "PUNCT"]
    return "_".join(_word(w) for w in words if w.lemma[:1].isalpha())


def _word(token: Token) -> str:
    """A marker as its label has it: "including", "according_to" are no verbs any more."""
    return (token.text if token.xpos in {"VBG", "VBN"} else _SIGNS.get(token.text, token.lemma)).lower()


def _conjunction(sentence: Sentence, token: Token) -> str:
    """The word that joins a token to its head, or, in a list, the word before its last member."""
    run = [c for c in sentence.children(token.head, "conj") if c.index >= token.index] if token.head >= 0 else [token]
    for member in run:
        for c in sentence.children(member.index, "cc"):
            return "_".join(map(_word, (c, *sentence.children(c.index, "fixed"))))
    return ""


def _predicate(sentence: Sentence, token: Token) -> bool:
    return (
        token.upos in {"VERB", "AUX"}
        or bool(sentence.children(token.index, "cop"))
        or (bool(sentence.children(token.head, "cop")) and token.head >= 0)
    )


def _participle(sentence: Sentence, token: Token) -> bool:
    """Whether what is joined to a predicate is done to its subject: "was written or was signed", "is clean and run"."""
    if sentence.children(token.index, "aux:pass"):
        return True
    above = sentence.children(token.head, "aux:pass", "cop")
    return token.xpos == "VBN" and bool(above) and not sentence.children(token.index, "aux", "cop")


def _is_relative(token: Token) -> bool:
    if token.upos in {"ADV", "SCONJ"} and token.lemma.lower() in _RELATIVE_ADVERBS:
        return token.deprel in {"advmod", "mark"}
    return (
        token.lemma.lower() in _RELATIVE and token.upos in {"PRON", "DET"} and token.xpos in {"WP", "WDT", "WP$", "IN"}
    )


def _downwards(sentence: Sentence) -> Iterable[Token]:
    todo = [sentence.root.index]
    while todo:
        i = todo.pop(0)
        yield sentence.tokens[i]
        todo += [c.index for c in sentence.below[i]]
