import pytest
from hypothesis import given
from hypothesis import strategies as st

from links.review.rules.latin import compare_tokens, is_latin, tokens

WORDS = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=8), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Nguyen Van Minh", ("NGUYEN", "VAN", "MINH")),
        ("ＮＧＵＹＥＮ，ＶＡＮ", ("NGUYEN", "VAN")),
        ("Nguyễn Văn Đạt", ("NGUYEN", "VAN", "DAT")),
        ("MÜLLER", ("MULLER",)),
        ("MUELLER", ("MULLER",)),
        ("O'BRIEN ANNE-MARIE", ("OBRIEN", "ANNEMARIE")),
        ("Łukasz Ørsted", ("LUKASZ", "ORSTED")),
    ],
)
def test_a_name_is_a_row_of_plain_words(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("text", "answer"), [("Min Li", True), ("李 敏", False), ("李 MIN", False), ("...", False)]
)
def test_what_is_a_latin_name(text, answer):
    assert is_latin(text) is answer


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("LI MIN", "LI MIN", ("equal", "same", "same", False)),
        ("RAI RAJESH RAJ", "RAI RAJESHRAJ", ("equal", "same", "same", False)),
        ("LI MIN", "MIN LI", ("variant", "same", "same", True)),
        ("SMITH JOHN PAUL", "SMITH JOHN", ("variant", "same", "same", True)),
        ("SMITH JOHN PAUL", "SMITH JOHN P", ("variant", "same", "same", True)),
        ("SMITH JOHN PAUL", "JOHN PAUL", ("other", "other", "same", False)),
        ("GARCIA-LOPEZ ANA", "ANA GARCIA LOPEZ", ("variant", "same", "same", True)),
        ("SATO TARO", "SATOH TAROU", ("variant", "same", "same", True)),
        ("ONO YOKO", "ŌNO YOUKO", ("variant", "same", "same", True)),
        ("SMITH JOHN", "SMITH J", ("other", "same", "slip", False)),
        ("SMITH JOHN", "SMITH JANE", ("other", "same", "other", False)),
        ("SMITH JOHN", "JANE SMITH", ("other", "same", "other", False)),
        ("SMITH JOHN", "BROWN JOHN", ("other", "other", "same", False)),
        ("SMITH JONATHAN", "SMITH JONATHEN", ("other", "same", "slip", False)),
        ("SMITH", "BROWN JOHN", ("other", "other", "unknown", False)),
        ("M?LLER ANNA", "MULLER ANNA", ("filler", "same", "same", False)),
    ],
)
def test_names_are_compared_as_words(one, other, answer):
    assert compare_tokens(tokens(one), tokens(other)) == answer


@given(WORDS)
def test_the_same_words_in_another_order_are_never_more_than_loosely_the_same(words):
    level, _surname, _given, loose = compare_tokens(tuple(words), tuple(reversed(words)))

    assert level == "equal" or (level, loose) == ("variant", True)


def test_a_name_of_very_many_words_is_not_tried_in_every_order():
    one = tuple("A" * length for length in range(1, 40))

    assert compare_tokens(one, (*one[1:], "B"))[0] == "other"
