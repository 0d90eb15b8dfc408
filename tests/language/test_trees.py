import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from comity.language.trees import heads

scores = st.integers(2, 9).flatmap(lambda n: arrays(np.float32, (n, n), elements=st.floats(-20, 20, width=32)))


def is_tree(found):
    for word in range(len(found)):
        seen, i = set(), word
        while i >= 0:
            if i in seen:
                return False
            seen.add(i)
            i = found[i]
    return sum(h < 0 for h in found) == 1


@settings(deadline=None)
@given(scores)
def test_every_sentence_is_one_tree_with_one_root(s):
    found = heads(s)
    assert len(found) == len(s) - 1
    assert is_tree(found)


@settings(deadline=None, max_examples=50)
@given(arrays(np.float32, (4, 4), elements=st.floats(-20, 20, width=32)))
def test_the_tree_found_is_the_best_one(s):
    def total(tree):
        return sum(float(s[i + 1, h + 1]) for i, h in enumerate(tree))

    best = max(total(t) for t in itertools.product(range(-1, 3), repeat=3) if is_tree(t))
    assert abs(total(heads(s)) - best) < 1e-3


def test_the_best_head_of_each_word_stands_where_it_makes_a_tree():
    assert heads(np.array([[0, 0, 0, 0], [1, 0, 9, 0], [9, 0, 0, 0], [0, 1, 9, 0]], np.float32)) == [1, -1, 1]
