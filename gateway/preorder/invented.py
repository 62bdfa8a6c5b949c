"""Invents the bundled territory: a clearly fictional part of Idaho, the same to the byte for the same seed.

Every number lies in the exchange 555; streets, people, carriers and codes are made up. The places of the sample orders
are in it, so that the samples order what is there.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from gateway.preorder.territory_rows import ROWS

SEED = 2021
Values = tuple[object, ...]


class Place(NamedTuple):
    """A wire center as it is invented: its two blocks of a thousand numbers are `208555n` and `986555n`."""

    clli: str
    name: str
    city: str
    zip: str
    switch_type: str
    block: int
    addresses: int


PLACES = (
    Place("BOISIDMA", "OPALINE", "BOISE", "83799", "5E", 0, 420),
    Place("BOISIDNW", "LANTERN HILL", "BOISE", "83798", "DMS100", 1, 340),
    Place("NAMPIDQT", "QUARTZ FLAT", "NAMPA", "83699", "5E", 2, 300),
    Place("CLDWIDPN", "PENNYROYAL", "CALDWELL", "83698", "DMS100", 3, 220),
    Place("TWFLIDVG", "VELVET GORGE", "TWIN FALLS", "83399", "5E", 4, 260),
    Place("POCTIDHB", "HEATHERBANK", "POCATELLO", "83299", "DMS100", 5, 260),
    Place("IDFLIDRS", "RUSSET BEND", "IDAHO FALLS", "83499", "5E", 6, 240),
    Place("CDALIDWL", "WILLOWMERE", "COEUR D ALENE", "83899", "DMS100", 7, 200),
    Place("LSTNIDKC", "KESTREL CLIFF", "LEWISTON", "83599", "5E", 8, 180),
    Place("MRDNIDTB", "THISTLEBROOK", "MERIDIAN", "83697", "DMS100", 9, 280),
    Place("SNPTIDGL", "GLASSWATER", "SANDPOINT", "83898", "RSC", 0, 120),
    Place("SLMNIDFO", "FOXGLOVE", "SALMON", "83498", "RSC", 1, 100),
)
_STREETS = (
    *("AMBERLEAF AVE", "BRIARSONG LN", "CINDERPATH RD", "DUSKFALL DR", "EMBERLIGHT ST", "FERNWHISPER CT"),
    *("GOSLING WAY", "HOLLOWAY RD", "INKBERRY ST", "JUNIPERUS AVE", "KINGFISHER LN", "LOOMSTONE DR"),
)
_CLECS = ("ZQF", "ZQX", "ZQK")
_SURNAMES = ("TANGLEWOOD", "QUILLFEATHER", "MERRIWEATHER", "THORNAPPLE", "BRAMBLE", "OAKENSHAW", "FENWICKE", "LARKSPUR")
_GIVEN = ("A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S", "T")
_FEATURES = {
    "ESX": "CALL WAITING",
    "NSD": "CALLER IDENTIFICATION",
    "ESM": "CALL FORWARDING",
    "ESC": "THREE WAY CALLING",
    "MBB": "MESSAGE WAITING",
    "SEA": "SELECTIVE CALL FORWARDING",
}
_CARRIERS = (
    ("9901", "SNAKE RIVER EXAMPLE LONG DISTANCE", "Y", "Y"),
    ("9902", "BITTERROOT EXAMPLE CALLING", "Y", "Y"),
    ("9903", "CAMAS EXAMPLE TOLL", "Y", "N"),
    ("9904", "SAWTOOTH EXAMPLE INTERSTATE", "N", "Y"),
    ("NONE", "NO CARRIER", "Y", "Y"),
)
_LIMITS = (
    ("dsl", 15_000, 2_500, 0, "N"),
    ("isdn", 18_000, 6_000, 0, "N"),
    ("loop-2w-analog", 60_000, 20_000, 12, "Y"),
    ("loop-2w-nonloaded", 18_000, 2_500, 0, "N"),
    ("loop-4w-nonloaded", 18_000, 2_500, 0, "N"),
    ("loop-isdn", 18_000, 6_000, 0, "N"),
    ("loop-xdsl-i", 18_000, 6_000, 0, "N"),
    ("loop-ds1", 18_000, 6_000, 0, "N"),
)
_CODES = (
    ("LX--", "02QC2.OOF", "02LS2", "lsr", "loop-2w-analog", "Y"),
    ("LX--", "02QC2.OOF", "02GS2", "lsr", "loop-2w-analog", "Y"),
    ("LX--", "02QC3", "02NO2", "lsr", "loop-2w-analog", "Y"),
    ("LX--", "04QC2.OOF", "04LS2", "lsr", "loop-4w-analog", "N"),
    ("LY--", "04QC2", "04NO2", "lsr", "loop-4w-analog", "N"),
    ("LXR-", "02QB9.00A", "02DU9.00A", "lsr", "loop-2w-nonloaded", "N"),
    ("LXR-", "02QB9.01A", "02DU9.01A", "lsr", "loop-2w-nonloaded", "N"),
    ("LXR-", "04QB9.00A", "04DU9.00A", "lsr", "loop-4w-nonloaded", "N"),
    ("LX-N", "02QC5.OOS", "02IS5.N", "lsr", "loop-isdn", "N"),
    ("LX-N", "02QB5.00H", "02DU5.00H", "lsr", "loop-xdsl-i", "N"),
    ("HC--", "04QB9.11", "04DU9.BN", "lsr;asr", "loop-ds1", "N"),
    ("HC--", "04QB9.11", "04DU9.DN", "lsr;asr", "loop-ds1", "N"),
    ("HC--", "04QB9.11", "04DU9.1KN", "lsr;asr", "loop-ds1", "N"),
    ("HC--", "04QB9.11", "04DU9.1SN", "lsr;asr", "loop-ds1", "N"),
    ("HC--", "04QB9.11", "04QB9.11", "asr", "udit", "N"),
    ("HC--", "04DS9.15S", "04DU9.1SN", "asr", "", "N"),
    ("HC--", "04DS9.15K", "04DU9.1KN", "asr", "", "N"),
    ("HC-D", "04DS9.15", "", "asr", "lis", "N"),
    ("SH-D", "04DS9.15", "", "asr", "lis", "N"),
    ("SBGA", "04DX2", "", "asr", "", "N"),
    ("XC--", "04DU5.48", "04DU5.48", "asr", "", "N"),
    ("HF--", "04QB6.33", "04QB6.33", "asr", "udit", "N"),
)
_LOADED, _CARRIED = "0031", "0041"
"""Cables with load coils, and those behind a digital loop carrier."""


def write_territory(folder: Path, seed: int = SEED) -> None:
    """Write every file of the invented territory into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in invented(seed).items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


def invented(seed: int = SEED) -> dict[str, str]:
    """Give the text of each file, by its name without ending."""
    tables = _Invention(Random(seed)).tables()  # noqa: S311 - fiction, no secret
    return {name: _csv(ROWS[name].model_fields, tables[name]) for name in ROWS}


def _csv(columns: Iterable[str], rows: Iterable[Values]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


class _Invention:
    """Invents row after row; one source of chance, asked in one order."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._addresses: list[Values] = []
        self._loops: list[Values] = []
        self._customers: list[Values] = []
        self._next = 1

    def tables(self) -> dict[str, list[Values]]:
        """Give the rows of every file."""
        for place in PLACES:
            self._settle(place)
        made: dict[str, Callable[[], Iterator[Values]]] = {
            "wire_centers": _wire_centers,
            "locations": _locations,
            "segments": self._segments,
            "numbers": _numbers,
            "cfas": _cfas,
            "accounts": _accounts,
            "meet_points": _meet_points,
            "appointments": _appointments,
            "circuits": self._circuits,
            "features": _features,
            "services": _services,
        }
        return {
            "addresses": self._addresses,
            "loops": self._loops,
            "customers": self._customers,
            "nc_nci": list(_CODES),
            "carriers": list(_CARRIERS),
            "design_limits": list(_LIMITS),
            **{name: list(rows()) for name, rows in made.items()},
        }

    def _settle(self, place: Place) -> None:
        """Invent the addresses of a wire center, the pairs that reach them, and who lives there."""
        spots = [*_SAMPLE_PLACES.get(place.clli, ())]
        while len(spots) < place.addresses:
            street, thoroughfare = _STREETS[self._random.randrange(len(_STREETS))].split(" ")
            house = str(self._random.randrange(100, 9900))
            spot = (house, self._random.choice(("", "", "N", "S")), street, thoroughfare, "")
            if all(taken[:4] != spot[:4] for taken in spots):
                spots.append(spot)
        for number, (house, direction, street, thoroughfare, cable) in enumerate(spots, 1):
            address = self._next
            self._next += 1
            terminal = f"{street[:4]} {number % 40 + 1:02d}"
            row = (address, place.clli, house, direction, street, thoroughfare, place.city, "ID", place.zip, terminal)
            self._addresses.append(row)
            self._connect(place, number, address, row, cable)

    def _connect(self, place: Place, number: int, address: int, row: Values, cable: str) -> None:
        cable = cable or self._random.choice(("0001", "0011", "0021", _LOADED, _CARRIED))
        gain = "DLC" if cable == _CARRIED else ""
        working = number % 3 != 0
        tn = f"208555{place.block}{number + 200:03d}" if working and _owns_block(place) else ""
        spare = "defective" if number % 29 == 0 else "spare"
        self._loops.append((place.clli, cable, number, address, tn, "working" if tn else spare, gain))
        if number % 2:
            self._loops.append((place.clli, cable, number + 900, address, "", "spare", gain))
        if tn:
            self._live(tn, address, row)

    def _live(self, tn: str, address: int, row: Values) -> None:
        choose = self._random.choice
        name = f"{choose(_GIVEN)} {choose(_SURNAMES)}"
        features = ";".join(sorted(self._random.sample(sorted(_FEATURES), self._random.randrange(4))))
        at = " ".join(str(part) for part in (row[2], row[3], row[4], row[5], row[6], row[7], row[8]) if part)
        pic, lpic = choose(_CARRIERS)[0], choose(("9901", "9902", "9903", "NONE"))
        listing = choose(("LISTED", "LISTED", "NONLISTED", "NONPUBLISHED"))
        self._customers.append((tn, f"{tn}{address:03d}"[:13], name, address, name, at, features, listing, pic, lpic))

    def _segments(self) -> Iterator[Values]:
        for place in PLACES:
            for cable in ("0001", "0011", "0021", _LOADED, _CARRIED):
                yield from self._of_cable(place.clli, cable)

    def _of_cable(self, clli: str, cable: str) -> Iterator[Values]:
        feet = self._random.randrange
        for low, high in ((1, 300), (301, 900), (901, 1800)):
            feeder = feet(2_000, 6_500) if cable != _LOADED else feet(15_000, 22_000)
            coil, loads = ("H88", feeder // 6_000) if cable == _LOADED else ("", 0)
            yield (clli, cable, low, high, "F1", 1, 24, feeder, 0, 0, coil, loads, 0)
            if cable == _CARRIED:
                yield (clli, cable, low, high, "F1", 2, 26, feet(500, 2_000), 0, 0, "", 0, 1)
            tap, offset = (feet(100, 900), feet(200, 900)) if cable == "0011" else (0, 0)
            if cable == "0021":
                tap, offset = feet(2_600, 4_000), feet(300, 1_200)
            yield (clli, cable, low, high, "F2", 1, 26, feet(800, 4_000), tap, offset, "", 0, 0)

    def _circuits(self) -> Iterator[Values]:
        for number, row in enumerate(self._loops[:60], 1):
            cfa = f"0109/TIE/{number:03d}/BOISIDMAF01/BOISIDMAH7Z"
            circuit = f"45/LXFU/{900_000 + number}//GR"
            yield (circuit, "ZQF", row[0], row[3], cfa, row[1], row[2], "LX--", "02QC2.OOF", "02LS2")
        yield ("12/HCFU/800001//GR", "ZQX", "BOISIDMA", "", _DS1_CFA, "", 0, "HC--", "04QB9.11", "04QB9.11")


_SAMPLE_PLACES = {
    "BOISIDMA": (
        ("4120", "", "OPALINE", "ST", "0001"),
        ("87", "N", "SPINDLE", "RD", "0001"),
        ("88", "N", "SPINDLE", "RD", _LOADED),
        ("90", "N", "SPINDLE", "RD", _CARRIED),
        ("905", "", "MARBLEWOOD", "AVE", "0001"),
        ("2200", "", "FOXGLOVE", "PKWY", "0001"),
        ("15", "E", "JUNIPER BEND", "CT", "0001"),
    ),
    "NAMPIDQT": (("1601", "", "THISTLEDOWN", "BLVD", "0001"),),
}
"""Where the sample orders go, and beside the second of them one place behind load coils and one behind a carrier."""
_DS1_CFA = "4002/T1/1/BOISIDMAK99/BOISIDMAH91"


def _owns_block(place: Place) -> bool:
    return place.switch_type != "RSC"


def _wire_centers() -> Iterator[Values]:
    for place in PLACES:
        blocks = f"208555{place.block};986555{place.block}" if _owns_block(place) else f"986555{place.block}"
        lata = "960" if place.clli[:4] in {"CDAL", "LSTN", "SNPT"} else "652"
        yield (
            *(place.clli, place.name, place.city, place.zip, lata),
            *(f"{place.clli}DS0", place.switch_type, blocks),
        )


def _locations() -> Iterator[Values]:
    for place in PLACES:
        yield (f"{place.clli}DS0", place.clli, "switch", "")
        yield (f"{place.clli}F01", place.clli, "frame", "")
        yield (f"{place.clli}K99", place.clli, "frame", "")
        for carrier, code in zip(_CLECS, ("H7Z", "H91", "H5K"), strict=True):
            yield (f"{place.clli}{code}", place.clli, "collocation", carrier)
    yield ("BOISIDMA99T", "BOISIDMA", "tandem", "")
    yield ("BOISIDMAW01", "BOISIDMA", "interface", "ZQX")
    # The places of the sample ASRs: the customer's switch and terminal, and the far ends.
    for clli, at, kind in (
        ("BOISIDXYDS0", "BOISIDMA", "switch"),
        ("BOISIDXYW01", "BOISIDMA", "interface"),
        ("TWFLIDMAH92", "TWFLIDVG", "collocation"),
    ):
        yield (clli, at, kind, "ZQX")


def _numbers() -> Iterator[Values]:
    """Offer a hundred numbers of each wire center, in area code 986, where nobody of the invented people has one."""
    for place in PLACES:
        low, high = (700, 799) if _owns_block(place) else (900, 999)
        yield (place.clli, f"986555{place.block}{low}", f"986555{place.block}{high}")


def _cfas() -> Iterator[Values]:
    at = ("BOISIDMAF01", "BOISIDMAH7Z")
    for designation in ("0101", "0102", "0103", "0104"):
        yield (designation, "TIE", 1, 100, 3, *at, "ZQF", "spare", "")
    yield ("0109", "TIE", 1, 60, 3, *at, "ZQF", "busy", "")
    yield ("0109", "TIE", 61, 80, 3, *at, "ZQF", "pending", "")
    yield ("0109", "TIE", 81, 100, 3, *at, "ZQF", "spare", "")
    for place in PLACES[1:]:
        yield ("0201", "TIE", 1, 80, 3, f"{place.clli}F01", f"{place.clli}H7Z", "ZQF", "spare", "")
        yield ("0201", "TIE", 81, 100, 3, f"{place.clli}F01", f"{place.clli}H7Z", "ZQF", "busy", "")
        yield ("0301", "TIE", 1, 100, 3, f"{place.clli}F01", f"{place.clli}H5K", "ZQK", "spare", "")
    yield ("4001", "T1", 1, 24, 0, "BOISIDMAK99", "BOISIDMAW01", "ZQX", "spare", "")
    for designation in ("4001", "4002", *(str(number) for number in range(4101, 4112))):
        yield (designation, "T1", 1, 24, 0, "BOISIDMAK99", "BOISIDXYW01", "ZQX", "spare", "")
    yield ("4021", "T1", 1, 24, 0, "BOISIDMAK99", "BOISIDXYW01", "ZQF", "spare", "")
    yield ("4009", "T1", 1, 24, 0, "BOISIDMAK99", "BOISIDXYW01", "ZQX", "busy", "")
    yield ("4002", "T1", 1, 1, 0, "BOISIDMAK99", "BOISIDMAH91", "ZQX", "busy", "12/HCFU/800001//GR")
    yield ("4002", "T1", 2, 28, 0, "BOISIDMAK99", "BOISIDMAH91", "ZQX", "spare", "")


def _accounts() -> Iterator[Values]:
    yield ("2085550100101", "ZQF", "active", "SAWTOOTH LANTERN TELECOM LLC")
    yield ("2085550100102", "ZQF", "closed", "SAWTOOTH LANTERN TELECOM LLC")
    yield ("2085550100201", "ZQX", "active", "SAWTOOTH EXAMPLE NETWORKS")
    yield ("2085550100301", "ZQK", "active", "KESTREL EXAMPLE CARRIER")


def _meet_points() -> Iterator[Values]:
    for place in PLACES:
        for number in range(1, 9):
            status = "busy" if number in {3, 7} else "spare"
            low = number * 25 - 24
            yield (place.clli, number, f"SPL{number:02d}", "0001", low, low + 24, "ZQF", status)


def _appointments() -> Iterator[Values]:
    for place in PLACES:
        crews = 4 if place.addresses > 200 else 2
        for weekday in range(1, 6):
            yield (place.clli, weekday, "08:00", "12:00", crews)
            yield (place.clli, weekday, "13:00", "17:00", crews)


def _features() -> Iterator[Values]:
    for switch_type, usocs in (("5E", sorted(_FEATURES)), ("DMS100", sorted(_FEATURES)), ("RSC", ["ESM", "ESX"])):
        for usoc in usocs:
            yield (switch_type, usoc, _FEATURES[usoc])


def _services() -> Iterator[Values]:
    for place in PLACES:
        remote = not _owns_block(place)
        for service in ("loop-2w-analog", "loop-2w-nonloaded", "loop-isdn", "loop-xdsl-i", "loop-ds1", "lnp", "dsl"):
            away = remote and service in {"loop-ds1", "dsl", "loop-xdsl-i"}
            yield (place.clli, service, "N" if away else "Y", "THE REMOTE SWITCH HAS NO ROOM FOR IT" if away else "")
