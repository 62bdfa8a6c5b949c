"""The schema gate: libxml2 decides in microseconds; only what it refuses is read again to explain every error."""

import itertools
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lxml import etree

from validators.bundled import bundled_path
from validators.explain import Fault, explain, unjudgeable, wrong_root
from validators.fields import FieldCatalogue, FieldDoc, read_catalogue
from validators.verdict import Finding

if TYPE_CHECKING:
    from xmlschema import XMLSchema10

MOST_FINDINGS: Final = 100
"""Errors that one answer lists; a last finding says how many more were met."""

MOST_EXPLAINED_BYTES: Final = 65_536
"""Largest document that is read twice; errors of a larger one come from libxml2's log alone, which names fewer."""

_MOST_ERRORS: Final = 1_000  # errors looked at before the count of the rest is given up
_PARTS: Final = frozenset({"common"})  # schema files that are parts of others, not messages


class Schemas:
    """The schemas of one release. One object serves all threads: each compiles its own validators at first use.

    libxml2 keeps the errors of a document in the validator, so two threads sharing one would mix up partners' errors.
    """

    def __init__(self, release: str = "r1") -> None:
        """Find the schemas of `release`.

        Raises:
            FileNotFoundError: the installation holds no such release.
        """
        self.release = release
        self._folder = bundled_path("schemas") / release
        if not self._folder.is_dir():
            raise FileNotFoundError(f"there are no schemas of release {release!r} in this installation")
        self._own = threading.local()
        self._catalogues: dict[str, FieldCatalogue] = {}
        self._explainers: dict[str, XMLSchema10] = {}
        self._explaining = threading.Lock()

    def families(self) -> tuple[str, ...]:
        """Give the names of the message families of the release, e.g. `lsr`, `notice`."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.xsd") if path.stem not in _PARTS))

    def catalogue(self, family: str) -> FieldCatalogue:
        """Give the field catalogue of `family`.

        Raises:
            KeyError: the release has no such family.
        """
        if family not in self._catalogues:
            self._catalogues[family] = read_catalogue(self._path(family).parent, family)
        return self._catalogues[family]

    def field(self, form: str, name: str, family: str = "lsr") -> FieldDoc:
        """Give what the catalogue says of a field, named by element (`D_TSENT`) or as the field writes it (`D/TSENT`).

        Raises:
            KeyError: the release has no such family, form or field.
        """
        for known in self.catalogue(family).forms():
            for place in (*known.header, *known.detail):
                if known.name == form and name in {place.doc.element, place.doc.name}:
                    return place.doc
        raise KeyError(f"{form}.{name}")

    def prepare(self, *families: str) -> None:
        """Build what `check` would build at first use, so that the first message, good or bad, is as fast as the next.

        Only the calling thread's gates are made. Takes some 0.6 s; raises as `check`.
        """
        for family in families:
            self._gate(family)
            self.catalogue(family)
            self._explainer(family)

    def admits(self, root: etree._Element, family: str) -> bool:
        """Say whether the document is valid, and nothing else: the fast half of `check`.

        Raises:
            KeyError: the release has no such family.
        """
        try:
            return self._gate(family).validate(root)
        except etree.XMLSchemaValidateError:
            return False

    def check(self, root: etree._Element, family: str) -> tuple[Finding, ...]:
        """Give all errors of the document at `root` against the schema of `family`; nothing if it is valid.

        Raises:
            KeyError: the release has no such family.
        """
        gate = self._gate(family)
        try:
            if gate.validate(root):
                return ()
        except etree.XMLSchemaValidateError:
            return (unjudgeable("a value in it takes too long to compare with its schema"),)
        catalogue = self.catalogue(family)
        if root.tag != catalogue.tag:
            return (wrong_root(root, catalogue),)
        faults = itertools.chain(_named_by_gate(root, gate), self._named_by_explainer(root, family))
        return explain(root, catalogue, faults, most=MOST_FINDINGS)

    def _path(self, family: str) -> Path:
        if family not in self.families():
            raise KeyError(f"release {self.release} has no message family {family!r}")
        return self._folder / f"{family}.xsd"

    def _gate(self, family: str) -> etree.XMLSchema:
        gates: dict[str, etree.XMLSchema] = self._own.__dict__
        if family not in gates:
            gates[family] = etree.XMLSchema(etree.parse(self._path(family)))
        return gates[family]

    def _named_by_explainer(self, root: etree._Element, family: str) -> Iterator[Fault]:
        """Name the elements that xmlschema finds at fault: unlike libxml2 it goes on after the first in each form."""
        if len(etree.tostring(root)) > MOST_EXPLAINED_BYTES:
            return
        from xmlschema import XMLSchemaChildrenValidationError, XMLSchemaException

        explainer = self._explainer(family)
        with self._explaining:
            # xmlschema takes lxml's elements though its annotations name those of the standard library only
            errors = explainer.iter_errors(root, use_location_hints=False)  # type: ignore[arg-type]
            try:
                for error in itertools.islice(errors, _MOST_ERRORS):
                    if etree.iselement(error.elem):
                        yield Fault(error.elem, isinstance(error, XMLSchemaChildrenValidationError))
            except (XMLSchemaException, LookupError, TypeError, ValueError):
                return  # it stumbles over an xsi:type that no schema has; the gate's own log names that element

    def _explainer(self, family: str) -> "XMLSchema10":
        with self._explaining:
            if family not in self._explainers:
                from xmlschema import XMLSchema10  # a third of a second: only a gateway that rejects pays for it

                self._explainers[family] = XMLSchema10(str(self._path(family)), allow="local", defuse="always")
            return self._explainers[family]


def _named_by_gate(root: etree._Element, gate: etree.XMLSchema) -> Iterator[Fault]:
    """Name the elements at fault in libxml2's log."""
    for entry in itertools.islice(gate.error_log, _MOST_ERRORS):
        element = _at(root, entry.path)
        if element is not None:
            yield Fault(element, entry.type == etree.ErrorTypes.SCHEMAV_ELEMENT_CONTENT)


def _at(root: etree._Element, path: str | None) -> etree._Element | None:
    """Find the element of a log entry; None where its path uses a prefix that is bound further down."""
    try:
        found = root.xpath(path or "/*", namespaces={prefix: uri for prefix, uri in root.nsmap.items() if prefix})
    except etree.XPathError:
        return None
    first = found[0] if isinstance(found, list) and found else None
    return first if etree.iselement(first) else None
