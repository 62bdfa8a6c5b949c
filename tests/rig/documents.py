"""Real orders under any PON: new loops, as a CLEC would send them."""

from datetime import date, timedelta

from gateway.clock import SystemClock

PON_MARK = "@@@@@@PON@@@@@@@"
"""Stands where the PON goes; 16 characters, as many as a PON may have."""

_LOOP = """<?xml version="1.0" encoding="UTF-8"?>
<LocalServiceRequest xmlns="urn:oss-gateway:r1:lsr" release="r1">
  <LSR>
    <CCNA>ZQF</CCNA>
    <PON>{pon}</PON>
    <VER>{ver}</VER>
    <LOCQTY>001</LOCQTY>
    <SC>GR01</SC>
    <D_TSENT>{sent:%m-%d-%Y}-0930AM</D_TSENT>
    <DSPTCH>Y</DSPTCH>
    <DDD>{due:%m-%d-%Y}</DDD>
    <APPTIME>0800AM-1200PM</APPTIME>
    <REQTYP>AB</REQTYP>
    <ACT>N</ACT>
    <AFO>Y---------</AFO>
    <CC>9Z7A</CC>
    <ACTL>BOISIDMAH7Z</ACTL>
    <APOT>BOISIDMAF01</APOT>
    <LST>BOISIDMADS0</LST>
    <TOS>1---</TOS>
    <NC>LX--</NC>
    <NCI>02QC2.OOF</NCI>
    <SECNCI>02LS2</SECNCI>
    <BI1>L</BI1>
    <BAN1>2085550100101</BAN1>
    <ACNA>ZQF</ACNA>
    <INIT>D MERRIWEATHER</INIT>
    <TEL_NO_INIT>2085550101</TEL_NO_INIT>
    <EMAIL_INIT>orders@sawtooth-lantern.example</EMAIL_INIT>
    <IMPCON>R QUILLFEATHER</IMPCON>
    <TEL_NO_IMPCON>2085550102</TEL_NO_IMPCON>
  </LSR>
  <EU>
    <LOCNUM>001</LOCNUM>
    <NAME>PEBBLE AND FERN BOOKSHOP</NAME>
    <SANO>4120</SANO>
    <SASN>OPALINE</SASN>
    <SATH>ST</SATH>
    <LD1>STE</LD1>
    <LV1>B</LV1>
    <CITY>BOISE</CITY>
    <STATE>ID</STATE>
    <ZIP>83799</ZIP>
    <LCON>M TANGLEWOOD</LCON>
    <TEL_NO_LCON>2085550110</TEL_NO_LCON>
    <WSOP>V</WSOP>
  </EU>
  <LS>
    <LQTY>{loops:05d}</LQTY>
    <DETAILS>{details}
    </DETAILS>
  </LS>
</LocalServiceRequest>
"""
_DETAIL = """
      <DETAIL>
        <LOCNUM>001</LOCNUM>
        <LNUM>{number:05d}</LNUM>
        <LNA>N</LNA>
        <NIDR>Y</NIDR>
        <CFA>0101/TIE/{number:03d}/BOISIDMAF01/BOISIDMAH7Z</CFA>
      </DETAIL>"""
_DAYS_TO_DUE_DATE = 28
"""Four weeks: beyond every standard interval of a loop, whatever holidays lie between."""


def today() -> date:
    """Give the machine's present date."""
    return SystemClock().now().date()


def new_loops(pon: str, sent: date, *, loops: int = 1, ver: str = "01") -> bytes:
    """Give the order of analog loops as XML, sent on `sent`, with a due date that no rule finds too early.

    One loop makes 1.5 KB, twelve make 4 KB.
    """
    due = sent + timedelta(days=_DAYS_TO_DUE_DATE)
    while due.weekday() > 4:
        due += timedelta(days=1)
    details = "".join(_DETAIL.format(number=number) for number in range(1, loops + 1))
    return _LOOP.format(pon=pon, ver=ver, sent=sent, due=due, loops=loops, details=details).encode()
