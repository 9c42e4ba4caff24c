import Foundation
import Postgres
import Testing

@testable import Domain
@testable import Store

/// Payloads that are written without `Codable` are read by it: both must know the same members.
@Suite struct EventDocumentTests {
    private static let full = TicketContent(
        subject: "The \"printer\"\n\u{1}",
        description: "日本",
        type: "access",
        channel: .email,
        category: "c",
        location: "l",
        serviceArea: "Süd",
        place: GeoPoint(latitudeMicrodegrees: -33_868_820, longitudeMicrodegrees: 151_209_290),
        language: "zh-Hant",
        externalReference: "x\\1",
        requesterID: RequesterID(high: 1, low: 2),
        isRequesterVIP: true,
        organizationID: OrganizationID(high: 7, low: 8),
        priority: .p1,
        impact: ImpactLevel.allCases.first,
        urgency: ImpactLevel.allCases.last,
        queueID: QueueID(high: 3, low: 4),
        groupID: GroupID(high: 5, low: 6),
        weight: 7,
        skills: SkillRequirements(
            required: [SkillLevel(SkillID(high: 1, low: 1), level: 3)],
            optional: [OptionalSkill(SkillID(high: 1, low: 2), dropRank: 4)]
        ),
        preferredAgentID: AgentID(high: .max, low: 9),
        fields: ["a \"b\"": .text("t"), "n": .number(-1.5e300), "whole": .integer(9_007_199_254_740_993), "least": .integer(.min), "f": .flag(true)]
    )

    private static let time = Timestamp(microseconds: 1_795_362_000_123_456)

    private static let origin = Ticket(
        id: TicketID(high: 6, low: 7),
        number: 41,
        createdAt: time,
        version: 1,
        lastSequence: 1,
        content: TicketContent(subject: "x"),
        state: .new,
        assigneeID: nil,
        isOverCapacity: false,
        eligibleAt: nil,
        updatedAt: time,
        resolvedAt: nil,
        closedAt: nil
    )

    private static func message(_ author: TicketMessage.Author) -> TicketMessage {
        TicketMessage(id: MessageID(high: 8, low: 9), ticketID: origin.id, visibility: .public, author: author, body: "x", createdAt: time)
    }

    private static let payloads: [TicketEvent.Payload] = [
        .created(
            TicketEvent.Created(
                number: .max,
                content: full,
                state: .onHold,
                occurredAt: time,
                policy: SLAPolicyReference(id: SLAPolicyID(high: 1, low: 2), version: 3),
                calendar: CalendarReference(id: CalendarID(high: 4, low: 5), version: 6),
                calendarSource: .organization,
                intake: IntakeRecord(
                    path: [.init(queueID: QueueID(high: 3, low: 1), cause: .standard), .init(queueID: QueueID(high: 3, low: 4), cause: .rule)],
                    rules: [.init(queueID: QueueID(high: 3, low: 1), position: 2, name: "The \"fire\"")]
                )
            )
        ),
        .created(TicketEvent.Created(number: 1, content: TicketContent(subject: ""), state: .new)),
        .created(
            TicketEvent.Created(
                number: 2,
                content: TicketContent(subject: "x"),
                state: .new,
                occurredAt: time,
                origin: TicketOrigin(.split, of: origin, messages: [message(.requester(nil)), message(.agent(AgentID(high: 1, low: 1)))])
            )
        ),
        .created(
            TicketEvent.Created(
                number: 3,
                content: TicketContent(subject: "x"),
                state: .new,
                origin: TicketOrigin(.followUp, of: origin),
                isThroughVIPKey: true
            )
        ),
        .timerWarned(
            TicketEvent.TimerFired(
                metric: "stage",
                instance: 2,
                threshold: "percent:75",
                targetVersion: 3,
                scheduledFor: time,
                isSuppressed: false,
                cause: nil
            )
        ),
        .timerBreached(
            TicketEvent.TimerFired(
                metric: "stage",
                instance: 2,
                threshold: "breach",
                targetVersion: 3,
                scheduledFor: time,
                isSuppressed: true,
                cause: .retarget
            )
        ),
    ]

    @Test("What is written is what `Codable` would write, and comes back", arguments: payloads)
    func roundTrip(payload: TicketEvent.Payload) throws {
        let written = EventPayloadCoding.encode(payload)
        #expect(try EventPayloadCoding.decode(written, kind: payload.kind) == payload)
        let general =
            switch payload {
            case .created(let value): try JSONEncoder().encode(value)
            case .timerWarned(let value), .timerBreached(let value): try JSONEncoder().encode(value)
            default: Data()
            }
        let members = try #require(try JSONSerialization.jsonObject(with: Data(written.bytes)) as? NSDictionary)
        #expect(try JSONSerialization.jsonObject(with: general) as? NSDictionary == members)
    }
}
