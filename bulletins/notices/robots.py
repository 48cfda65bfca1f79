"""What the robots of 企业微信, 钉钉 and 飞书 want to be sent, how each is signed, and what its answer means.

企业微信: https://developer.work.weixin.qq.com/document/path/91770 (the key in the address is all it has).
钉钉: https://open.dingtalk.com/document/robots/customize-robot-security-settings (`timestamp` in milliseconds and `sign` in
the address). 飞书: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (`timestamp` in seconds and `sign` in
the body; the key signs nothing, and timestamp and secret together are the key).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import quote_plus

from django.conf import settings
from django.utils import translation

from bulletins.models import Channel, Delivery, Robot, RobotKind
from bulletins.notices import wording
from bulletins.notices.outcome import NotNeeded, NotSent, Unsure
from bulletins.notices.posting import Poster
from bulletins.readiness.addresses import Hosts

# The office names the one address itself, so there is no list of hosts.
poster = Poster(Hosts([]))


def send(delivery: Delivery) -> None:
    """Raises NotNeeded, NotSent or Unsure."""
    robot = delivery.robot
    assert robot is not None  # constraint `delivery_goes_to_one`
    with translation.override(settings.LANGUAGE_CODE):
        text = wording.test_for_a_robot() if delivery.channel == Channel.TEST else _news(robot, delivery)
    address, body = written(robot, text, now=time.time())
    judge(poster.post(address, body))


def _news(robot: Robot, delivery: Delivery) -> str:
    """Asked again: the robot may have been switched off, or the story gone to another unit."""
    notice = delivery.notices.select_related("article__unit", "actor").first()  # type: ignore[attr-defined]
    if notice is None or not robot.is_on or notice.event not in robot.events:
        raise NotNeeded
    if robot.unit_id not in {unit.pk for unit in notice.article.unit.lineage()}:
        raise NotNeeded
    return wording.for_a_robot(notice)


def signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def written(robot: Robot, text: str, *, now: float) -> tuple[str, bytes]:
    """The address and the body of the call. now: seconds since 1970."""
    address = robot.address
    message: dict[str, object]
    if robot.kind == RobotKind.FEISHU:
        message = {"msg_type": "text", "content": {"text": text}}
        if robot.secret:
            stamp = str(int(now))
            message |= {"timestamp": stamp, "sign": signature(f"{stamp}\n{robot.secret}", "")}
    else:
        message = {"msgtype": "text", "text": {"content": text}}
        if robot.kind == RobotKind.DINGTALK and robot.secret:
            stamp = str(int(now * 1000))
            sign = quote_plus(signature(robot.secret, f"{stamp}\n{robot.secret}"))
            address += f"{'&' if '?' in address else '?'}timestamp={stamp}&sign={sign}"
    return address, json.dumps(message, ensure_ascii=False).encode()


def judge(answer: bytes) -> None:
    """All three answer 200 whatever happens, and say in the body whether they took it: a code of 0."""
    try:
        said = json.loads(answer)
        code = said.get("errcode", said.get("code", said.get("StatusCode")))
    except (ValueError, AttributeError, RecursionError):
        raise Unsure("answer") from None
    if code is None:
        raise Unsure("answer")
    if code != 0:
        raise NotSent("refused")
