"""The page as PDF: text, code, tags, and the same bytes each time."""

import shutil
import subprocess
import threading
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts.documents.faces import NOTO, MissingGlyph, preferred_face
from certificates.documents.render import CodeTooLong, PageTooFull, on_page, qr, render
from tests.certificates.documents.papers import PHONE, PRINTED, URL


def paper(face=NOTO, **changes):
    """Return the PDF of the invented person's certificate."""
    return render(replace(PRINTED, **changes), URL, phone=PHONE, face=face)


def text_of(pdf):
    """Return the text layer."""
    return PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_identical_input_makes_identical_bytes():
    assert paper() == paper()
    assert paper() != paper(branch_number="02")


def test_name_and_numbers_can_be_read_back():
    text = text_of(paper(name="髙﨑　𠮷子 渡邉\U000e0101", insured_name="髙﨑　𠮷太郎"))

    for printed in ["髙﨑", "𠮷子", "邉\U000e0101", "0025568", "00111054", "C-7K3M-92QX", "𠮷太郎", "2割"]:
        assert printed in text


def test_days_are_printed_with_their_era():
    text = text_of(paper(qualified_on=date(2019, 5, 1)))

    assert "2027年（令和9年）7月31日まで" in text
    assert "1944年（昭和19年）3月5日" in text
    assert "2019年（令和元年）5月1日" in text


def test_what_is_not_known_has_no_label():
    text = text_of(paper(sex="", copay_ratio="", insured_name="", qualified_on=None))

    for label in ["性別", "一部負担金の割合", "被保険者", "資格取得日"]:
        assert label not in text


def test_it_is_one_tagged_page_of_a4_with_title_and_language():
    document = PdfReader(BytesIO(paper()))
    catalogue = document.trailer["/Root"]
    width, height = (float(side) for side in document.pages[0].mediabox[2:])

    assert len(document.pages) == 1
    assert (round(width), round(height)) == (595, 842)
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "ja-JP"
    assert "資格確認書" in document.metadata.title
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_the_code_has_words_for_those_who_cannot_see_it():
    assert "二次元コード".encode("utf-16-be").hex() in figures(paper())


def figures(pdf):
    """Return the alternative texts of all figures, as hexadecimal UTF-16."""
    found, waiting = [], [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        found.append(str(node.get("/Alt", "")).encode("utf-16-be").hex())
        children = node.get("/K", [])
        children = children if isinstance(children, list) else [children]
        waiting += [child.get_object() for child in children if hasattr(child.get_object(), "get")]
    return "".join(found)


def test_a_character_that_the_face_lacks_is_refused_and_named():
    with pytest.raises(MissingGlyph, match=r"U\+9089 U\+E010F"):
        paper(name="渡邉\U000e010f　花子")


@pytest.mark.skipif(preferred_face() == NOTO, reason="Debian's fonts-ipamj-mincho is not installed")
def test_the_registers_face_draws_and_keeps_its_own_forms():
    text = text_of(paper(face=preferred_face(), name="渡邉\U000e010f　𠮷子"))

    assert "邉\U000e010f" in text
    assert "𠮷子" in text


@pytest.mark.parametrize(
    "name",
    ["林", "ヴィルヘルミーナ・アレクサンドラ・フォン・ホーエンツォレルン", "MARIA DE LOS ANGELES " * 3],
)
def test_short_and_long_names_stay_on_one_page(name):
    assert len(PdfReader(BytesIO(paper(name=name))).pages) == 1


def test_the_fullest_certificate_still_fits_on_one_page():
    full = paper(
        name="MARIA DE LOS ANGELES FERNANDEZ GUTIERREZ DELGADO",
        kana="マリア　デ　ロス　アンヘレス　フェルナンデス　グティエレス",
        insurer_name="全国土木建築国民健康保険組合東京都支部連合会",
        symbol="０７４３５９４１",
        insured_name="フェルナンデス　カルロス　アルベルト",
    )

    assert len(PdfReader(BytesIO(full)).pages) == 1
    assert "全国土木建築国民健康保険組合東京都支部連合会" in text_of(full).replace("\n", "")


def test_what_does_not_fit_on_one_page_is_refused():
    with pytest.raises(PageTooFull, match="one page"):
        paper(insurer_name="見本健康保険組合" * 60)


def test_the_code_is_one_that_clinics_readers_take():
    assert qr(URL).startswith("<svg")
    with pytest.raises(CodeTooLong):
        qr("x" * 1500)


@pytest.mark.skipif(
    not (shutil.which("pdftoppm") and shutil.which("zbarimg")), reason="poppler-utils or zbar-tools missing"
)
def test_a_reader_takes_the_code_from_150_dots_per_inch(tmp_path):
    (tmp_path / "paper.pdf").write_bytes(paper())

    subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-singlefile", "paper.pdf", "paper"], cwd=tmp_path, check=True
    )
    command = ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", "paper.png"]
    read = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.strip()

    assert read == URL


def test_the_page_names_where_to_check_without_the_token():
    assert on_page(PRINTED, URL, PHONE)["check_site"] == "portal.example/certificates/check/"


def test_two_threads_can_draw_at_the_same_time():
    drawn = []
    threads = [threading.Thread(target=lambda: drawn.append(paper())) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(drawn) == 4
    assert len(set(drawn)) == 1
