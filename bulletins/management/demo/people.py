"""Who can sign in to the demo, and which campaigns run there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import check_password, make_password

from accounts.models import Correspondent, Membership, User
from accounts.roles import Role
from bulletins.models import Campaign
from units.models import Unit

BUREAU = "jining"


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    role: Role
    unit: str = BUREAU
    # The address as a credited person, for those who write.
    credited_as: str = ""


PEOPLE = (
    Person("tongxunyuan", "林晓雨", Role.CORRESPONDENT, "guanghe", "linxiaoyu"),
    Person("tongxunyuan2", "周文博", Role.CORRESPONDENT, "ershilipu", "zhouwenbo"),
    Person("tongxunyuan3", "孔令仪", Role.CORRESPONDENT, "jiaxiang", "konglingyi"),
    Person("suozhang", "秦志远", Role.UNIT_REVIEWER, "guanghe"),
    Person("suozhang2", "高振邦", Role.UNIT_REVIEWER, "ershilipu"),
    # Reviews for the bureau itself and for every unit that has no reviewer of its own.
    Person("kezhang", "沈清源", Role.UNIT_REVIEWER),
    Person("bianji", "苏文静", Role.DESK_EDITOR),
    Person("bianji2", "方知行", Role.DESK_EDITOR, BUREAU, "fangzhixing"),
    Person("zhuren", "顾明德", Role.CHIEF_EDITOR),
    Person("zhuren2", "唐思齐", Role.CHIEF_EDITOR),
    Person("guanli", "何守正", Role.ADMINISTRATOR, ""),
    Person("shenji", "严以诚", Role.AUDITOR),
)

# slug, name, first and last day counted from today, description
CAMPAIGNS = (
    ("bairi-huan", "百日护安专项行动", -34, 65,
     "用一百天时间，盯紧夜间巡防、矛盾化解、隐患清零三件事，让街面见警更多、群众心里更踏实。"),
    ("yikui-yidai", "“一盔一带”安全守护行动", -45, 45,
     "劝导骑乘人员佩戴安全头盔、驾乘人员使用安全带，减少交通事故伤亡。"),
    ("fanzha-xuanchuanzhou", "反诈宣传周", 6, 12,
     "民警进社区、进校园、进企业、进市场，把骗子的套路讲给每一个人听。"),
)  # fmt: skip


def appoint() -> dict[str, User]:
    """The people of the demo with their memberships, by username. They have no password yet."""
    units = {unit.slug: unit for unit in Unit.objects.all()}
    found = {}
    for person in PEOPLE:
        unit = units.get(person.unit)
        credited = (
            Correspondent.objects.create(slug=person.credited_as, name=person.name, unit=unit)
            if person.credited_as
            else None
        )
        user = User.objects.create_user(person.username, name=person.name, correspondent=credited)
        Membership.objects.create(user=user, role=person.role, unit=unit)
        found[person.username] = user
    return found


def give_password(password: str) -> None:
    """Let everybody of the demo sign in with this password; who can already stays signed in."""
    users = User.objects.filter(username__in=[person.username for person in PEOPLE])
    first = users.order_by("pk")[0]
    known = first.password if check_password(password, first.password) else make_password(password)
    users.exclude(password=known).update(password=known)


def announce_campaigns(*, today: date) -> None:
    """One that is about to start and two that run."""
    lead = Unit.objects.get(slug=BUREAU)
    for slug, name, first, last, description in CAMPAIGNS:
        Campaign.objects.create(
            slug=slug,
            name=name,
            description=description,
            lead_unit=lead,
            starts_on=today + timedelta(days=first),
            ends_on=today + timedelta(days=last),
        )
