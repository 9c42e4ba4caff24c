"""The three companies: who works there, by which hours, what they promise, and which tickets come in."""

import dataclasses

from client import Client


@dataclasses.dataclass(frozen=True)
class Person:
    name: str
    capacity: int
    skills: dict
    # Comes later in the story.
    is_late: bool = False


@dataclasses.dataclass(frozen=True)
class Wish:
    """A ticket to be sent."""

    subject: str
    impact: int
    urgency: int
    skill: str


@dataclasses.dataclass(frozen=True)
class Company:
    slug: str
    name: str
    calendar: dict
    people: list
    leader: str
    wishes: list
    special: Wish = None
    silent: Wish = None


def every_day(start, end, days=("mon", "tue", "wed", "thu", "fri")):
    return {day: [[start, end]] for day in days}


COMPANIES = [
    Company(
        "aurora", "Aurora", {"tz": "UTC", "always_open": True},
        [
            Person("Ana", 4, {"network": 4, "billing": 2}),
            Person("Ben", 4, {"hardware": 4}),
            Person("Cleo", 3, {"billing": 4, "network": 2}),
            Person("Maya", 3, {}),
        ],
        "Maya",
        [
            Wish("VPN drops every ten minutes", 2, 2, "network"),
            Wish("Laptop does not charge", 3, 2, "hardware"),
            Wish("Invoice 2210 was paid twice", 2, 3, "billing"),
            Wish("No network in meeting room 4", 2, 1, "network"),
            Wish("Docking station is not found", 3, 3, "hardware"),
        ],
        silent=Wish("Payment terminals are offline", 1, 2, "network"),
    ),
    Company(
        "harbor", "Harbor", {"tz": "Europe/Berlin", "weekly": every_day("08:00", "18:00"), "holidays": ["2027-05-01", "2027-12-25"]},
        [
            Person("Jonas", 4, {"tracking": 3}),
            Person("Lena", 4, {"tracking": 4, "rates": 3}),
            Person("Piet", 3, {"rates": 4}),
            Person("Karin", 3, {}),
            Person("Sofia", 3, {"customs": 5}, is_late=True),
        ],
        "Karin",
        [
            Wish("Container HLXU 22 has vanished", 1, 1, "tracking"),
            Wish("Rate for Rotterdam is wrong", 3, 2, "rates"),
            Wish("Tracking page shows yesterday", 2, 2, "tracking"),
            Wish("Quote for 40 pallets", 3, 3, "rates"),
        ],
        special=Wish("Customs asks for form T1", 2, 1, "customs"),
    ),
    Company(
        "changcheng", "长城", {"tz": "Asia/Shanghai", "weekly": every_day("09:00", "18:00"), "openings": {"2027-02-06": [["09:00", "18:00"]]}},
        [
            Person("王芳", 4, {"database": 4}),
            Person("李强", 4, {"frontend": 4}),
            Person("赵敏", 3, {"frontend": 2, "database": 3}),
            Person("周洁", 3, {}),
        ],
        "周洁",
        [
            Wish("报表查询超时", 2, 2, "database"),
            Wish("登录页面空白", 1, 2, "frontend"),
            Wish("导出的文件是乱码", 3, 2, "frontend"),
            Wish("备份任务失败", 2, 1, "database"),
        ],
    ),
]

# Minutes to the first answer and hours to the solution, for P1 to P4.
FIRST_RESPONSE = (15, 30, 120, 240)
RESOLUTION = (4, 8, 24, 72)
# Minutes from one level of an escalation to the next.
LEVEL_MINUTES = 10
DIRECTOR = "director@{slug}.example"


class Desk:
    """One company through the API, with the ids of what was made."""

    def __init__(self, company, base, key):
        self.company = company
        self.client = Client(base, key)
        self.skills, self.agents, self.people = {}, {}, {}

    def open(self, hook, secrets):
        """Makes everything but the tickets; `hook` is where the company wants to be told, `secrets` gets the signing secret."""
        company, post = self.company, self.client.post
        calendar = post("/v1/calendars", {"name": "Office hours", **company.calendar})["id"]
        for skill in sorted({skill for person in company.people for skill in person.skills}):
            self.skills[skill] = post("/v1/skills", {"key": skill, "name": skill.capitalize()})["id"]
        for person in company.people:
            skills = [{"skill_id": self.skills[skill], "level": level} for skill, level in person.skills.items()]
            number = len(self.agents) + 1
            agent = post(
                "/v1/agents", {"name": person.name, "email": f"agent{number}@{company.slug}.example", "capacity": person.capacity, "ramp_up_seconds": 0, "skills": skills})
            self.agents[person.name], self.people[agent["id"]] = agent["id"], person
        self.group = post("/v1/groups", {"name": company.name, "head_agent_id": self.agents[company.leader]})["id"]
        members = [{"agent_id": self.agents[person.name]} for person in company.people]
        post(f"/v1/groups/{self.group}/members", {"members": members})
        queue = post("/v1/queues", {"name": "Desk", "default": True, "calendar_id": calendar})["id"]
        # Who leads takes no tickets from the queue, only those that escalate.
        post(f"/v1/queues/{queue}/members", {"members": [member for member in members if member["agent_id"] != self.agents[company.leader]]})
        endpoint = post("/v1/webhook-endpoints", {"url": hook, "description": "The company's own system"})
        secrets[company.slug] = endpoint["secret"]
        chain = post("/v1/escalation-chains", {"name": "Nobody answers", "levels": self._levels(endpoint["id"])})["id"]
        targets = [
            {"metric": metric, "priority": number + 1, "seconds": amount * unit, "mode": "business"}
            for metric, amounts, unit in (("first_response", FIRST_RESPONSE, 60), ("resolution", RESOLUTION, 3600))
            for number, amount in enumerate(amounts)
        ]
        post("/v1/sla-policies", {
            "name": "Standard", "position": 1, "calendar_id": calendar, "targets": targets, "chain_id": chain,
            "warnings": [{"percent": 75}], "pauses": [{"metric": "resolution", "category": "pending"}],
        })

    def come(self, name):
        """Says that an agent is there, for an hour."""
        self.client.put(f"/v1/agents/{self.agents[name]}/presence", {"status": "online", "lease_seconds": 3600})

    def send(self, wish):
        """A ticket by HTTP. Returns it as the API answers."""
        return self.client.post("/v1/tickets", {
            "subject": wish.subject, "impact": wish.impact, "urgency": wish.urgency, "channel": "web", "group_id": self.group,
            "required_skills": [{"skill_id": self.skills[wish.skill], "level": 2}],
        })

    def answer(self, ticket, agent, text):
        self.client.post(f"/v1/tickets/{ticket}/replies", {"body": text, "author": {"type": "agent", "agent_id": agent}})

    def move(self, ticket, state):
        self.client.post(f"/v1/tickets/{ticket}/transition", {"state": state})

    def _levels(self, endpoint):
        def level(targets, actions):
            return {"targets": targets, "timeout": LEVEL_MINUTES * 60, "mode": "wall", "condition": "not_acked", "actions": actions}

        director = {"type": "email", "address": DIRECTOR.format(slug=self.company.slug)}
        return [
            level([{"type": "assignee"}], ["notify"]),
            level([{"type": "group_head", "id": self.group}], ["notify", "reassign", "raise_priority"]),
            level([director, {"type": "webhook", "id": endpoint}], ["notify", "webhook"]),
        ]
