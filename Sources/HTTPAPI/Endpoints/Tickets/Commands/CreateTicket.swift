import Domain
import UseCases

/// A ticket to be created.
struct CreateTicket: RequestObject {
    static let properties = [
        TicketFields.subject.required, TicketFields.description.optional, TicketFields.type.optional, TicketFields.channel.optional,
        TicketFields.category.optional, TicketFields.location.optional, TicketFields.language.optional, TicketFields.externalReference.optional,
        TicketFields.requester.optional, TicketFields.serviceArea.optional, PlaceFields.latitude.optional, PlaceFields.longitude.optional,
        TicketFields.site.optional,
        TicketFields.priority.optional, TicketFields.impact.optional, TicketFields.urgency.optional, TicketFields.queue.optional,
        TicketFields.group.optional, TicketFields.weight.optional, TicketFields.required.optional, TicketFields.optional.optional,
        TicketFields.preferredAgent.optional, TicketFields.fields.optional, TicketFields.occurredAt.optional,
    ]
    static let schema = JSONSchema.object("CreateTicket", properties, isClosed: true)

    let ticket: NewTicket
    private let required: [SkillLevel]
    private let optional: [OptionalSkill]

    /// Its lists that are kept in another order than the caller's.
    var sentLists: [SentList] { TicketFields.sentLists(required: required, optional: optional) }

    init?(from reader: inout ObjectReader) {
        let subject = reader.required(TicketFields.subject)
        var content = TicketContent(subject: subject ?? "")
        content.description = reader.optional(TicketFields.description) ?? content.description
        content.type = reader.optional(TicketFields.type) ?? content.type
        content.channel = reader.optional(TicketFields.channel) ?? content.channel
        content.category = reader.optional(TicketFields.category)
        content.location = reader.optional(TicketFields.location)
        content.serviceArea = reader.optional(TicketFields.serviceArea)
        content.place = PlaceFields.place(from: &reader)
        content.siteID = reader.optional(TicketFields.site)
        content.language = reader.optional(TicketFields.language)
        content.externalReference = reader.optional(TicketFields.externalReference)
        content.requesterID = reader.optional(TicketFields.requester)
        let priority = reader.optional(TicketFields.priority)
        content.impact = reader.optional(TicketFields.impact)
        content.urgency = reader.optional(TicketFields.urgency)
        content.queueID = reader.optional(TicketFields.queue)
        content.groupID = reader.optional(TicketFields.group)
        let weight = reader.optional(TicketFields.weight)
        required = (reader.optional(TicketFields.required) ?? []).map(\.value)
        optional = (reader.optional(TicketFields.optional) ?? []).map(\.value)
        content.skills = SkillRequirements(required: required, optional: optional)
        content.preferredAgentID = reader.optional(TicketFields.preferredAgent)
        for field in reader.optional(TicketFields.fields) ?? [] { content.fields[field.name] = field.value }
        let occurredAt = reader.optional(TicketFields.occurredAt)
        guard subject != nil else { return nil }
        ticket = NewTicket(content: content, priority: priority?.priority, weight: weight, occurredAt: occurredAt)
    }
}
