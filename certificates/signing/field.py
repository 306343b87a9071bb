"""Puts an empty signature field into a tagged PDF, so that it stays PDF/UA-1 once it is signed.

The field is a widget in a /Form element of the structure tree: with its words (TU), hidden and locked
(F 134), and found both ways (OBJR, ParentTree).  Whoever signs must fill this field and add none.
"""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

FIELD = "Signature"
WORDS = "発行者の電子署名"
HIDDEN_PRINTED_LOCKED = 2 + 4 + 128


def with_field(pdf: bytes) -> bytes:
    """The same document with the empty field on its first page: the same bytes for the same input."""
    with pikepdf.open(BytesIO(pdf)) as document:
        _add_field(document)
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _add_field(document: pikepdf.Pdf) -> None:
    page, root = document.pages[0].obj, document.Root
    tree: Any = root.StructTreeRoot
    key = int(tree.get("/ParentTreeNextKey", _next_key(tree.ParentTree)))
    widget = document.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(FIELD),
            TU=String(WORDS),
            F=HIDDEN_PRINTED_LOCKED,
            Rect=Array([0, 0, 0, 0]),
            P=page,
            StructParent=key,
        )
    )
    element = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=_whole(tree)))
    element.K = Dictionary(Type=Name.OBJR, Obj=widget, Pg=page)
    _append(_whole(tree), "/K", element)
    _enter(document, tree.ParentTree, key, element)
    tree.ParentTreeNextKey = key + 1
    _append(page, "/Annots", widget)
    page.Tabs = Name.S
    root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=3)


def _whole(tree: Any) -> Any:
    """The element that stands for the whole document, below the root of the structure tree."""
    children = tree.K
    return children[0] if isinstance(children, Array) else children


def _append(holder: Any, key: str, child: Any) -> None:
    """Put a child behind those that a key holds, be they one, several or none."""
    present = holder.get(key)
    if present is None:
        holder[key] = Array([child])
    elif isinstance(present, Array):
        present.append(child)
    else:
        holder[key] = Array([present, child])


def _enter(document: pikepdf.Pdf, tree: Any, key: int, element: Any) -> None:
    """Write a pair behind the last one of a number tree, whose keys are in order."""
    while "/Kids" in tree:
        tree = tree.Kids[-1]
    tree.Nums.append(key)
    tree.Nums.append(element)
    if "/Limits" in tree:
        tree.Limits[1] = key


def _next_key(tree: Any) -> int:
    """One more than the largest key of a number tree."""
    while "/Kids" in tree:
        tree = tree.Kids[-1]
    return int(tree.Nums[-2]) + 1 if len(tree.Nums) else 0
