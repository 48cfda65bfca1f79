"""Whether a picture's file says where it was taken. Cameras, telephones and agencies write it in three ways."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from PIL import Image, IptcImagePlugin

GPS = 0x8825
# Latitude, longitude, and the name of an area, among the tags of satellite navigation; the others say when and how.
GPS_PLACE = (2, 4, 28)
# Code and name of the place, city, part of the city, province.
IPTC_PLACE = ((2, 26), (2, 27), (2, 90), (2, 92), (2, 95))
XMP_KEYS = ("xmp", "XML:com.adobe.xmp")
XMP_PLACE = re.compile(
    rb"exif:GPSLatitude|exif:GPSLongitude|photoshop:City|Iptc4xmpCore:Location|Iptc4xmpExt:Location(?:Created|Shown)"
)
# What reading a broken file of metadata raises. It is thrown away in any case; the picture itself may be sound.
BROKEN = (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, struct.error)


def says_where(picture: Image.Image) -> bool:
    """`picture` as it was opened and loaded, before anything was made of it."""
    return any(_is_said(asked, picture) for asked in (_in_exif, _in_xmp, _in_iptc))


def _is_said(asked: Callable[[Image.Image], bool], picture: Image.Image) -> bool:
    try:
        return asked(picture)
    except BROKEN:
        return False


def _in_exif(picture: Image.Image) -> bool:
    return any(picture.getexif().get_ifd(GPS).get(tag) for tag in GPS_PLACE)


def _in_xmp(picture: Image.Image) -> bool:
    for key in XMP_KEYS:
        packet = picture.info.get(key, b"")
        if XMP_PLACE.search(packet.encode() if isinstance(packet, str) else packet):
            return True
    return False


def _in_iptc(picture: Image.Image) -> bool:
    said = IptcImagePlugin.getiptcinfo(picture) or {}  # type: ignore[arg-type]
    return any(said.get(place) for place in IPTC_PLACE)
