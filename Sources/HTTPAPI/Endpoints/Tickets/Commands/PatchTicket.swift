import Domain
import UseCases

/// A merge patch of a ticket's content (RFC 7396).
struct PatchTicket: RequestObject {
    static let schema = JSONSchema.object(
        "PatchTicket",
        [
            TicketFields.subject.optional, TicketFields.description.clearable, TicketFields.type.optional, TicketFields.category.clearable,
            TicketFields.location.clearable, TicketFields.language.clearable, TicketFields.externalReference.clearable,
            TicketFields.requester.clearable, TicketFields.serviceArea.clearable, PlaceFields.latitude.clearable, PlaceFields.longitude.clearable,
            TicketFields.site.clearable,
            TicketFields.priority.optional, TicketFields.impact.clearable, TicketFields.urgency.clearable, TicketFields.queue.clearable,
            TicketFields.group.clearable, TicketFields.weight.optional, TicketFields.required.clearable, TicketFields.optional.clearable,
            TicketFields.preferredAgent.clearable, TicketFields.patchedFields.clearable, TicketFields.reason.optional,
        ],
        isClosed: true
    )

    let subject: String?
    let description: Patch<String>
    let type: String?
    let category: Patch<String>
    let location: Patch<String>
    let serviceArea: Patch<String>
    let place: Patch<GeoPoint>
    let site: Patch<SiteID>
    let language: Patch<String>
    let externalReference: Patch<String>
    let requester: Patch<RequesterID>
    let priority: PriorityCode?
    let impact: Patch<ImpactLevel>
    let urgency: Patch<ImpactLevel>
    let queue: Patch<QueueID>
    let group: Patch<GroupID>
    let weight: Int?
    let required: Patch<[SkillLevelObject]>
    let optional: Patch<[OptionalSkillObject]>
    let preferredAgent: Patch<AgentID>
    let fields: Patch<[(name: String, value: CustomFieldValue?)]>
    let reason: String?

    init?(from reader: inout ObjectReader) {
        subject = reader.optional(TicketFields.subject)
        description = reader.patch(TicketFields.description)
        type = reader.optional(TicketFields.type)
        category = reader.patch(TicketFields.category)
        location = reader.patch(TicketFields.location)
        serviceArea = reader.patch(TicketFields.serviceArea)
        place = PlaceFields.patch(from: &reader)
        site = reader.patch(TicketFields.site)
        language = reader.patch(TicketFields.language)
        externalReference = reader.patch(TicketFields.externalReference)
        requester = reader.patch(TicketFields.requester)
        priority = reader.optional(TicketFields.priority)
        impact = reader.patch(TicketFields.impact)
        urgency = reader.patch(TicketFields.urgency)
        queue = reader.patch(TicketFields.queue)
        group = reader.patch(TicketFields.group)
        weight = reader.optional(TicketFields.weight)
        required = reader.patch(TicketFields.required)
        optional = reader.patch(TicketFields.optional)
        preferredAgent = reader.patch(TicketFields.preferredAgent)
        fields = reader.patch(TicketFields.patchedFields)
        reason = reader.optional(TicketFields.reason)
    }

    /// Its lists that are kept in another order than the caller's.
    var sentLists: [SentList] {
        TicketFields.sentLists(required: change(required, of: [], \.value), optional: change(optional, of: [], \.value))
    }

    /// The content after the patch.
    func applied(to before: TicketContent) -> TicketContent {
        var content = before
        content.subject = subject ?? content.subject
        content.description = description.applied(to: content.description) ?? ""
        content.type = type ?? content.type
        content.category = category.applied(to: content.category)
        content.location = location.applied(to: content.location)
        content.serviceArea = serviceArea.applied(to: content.serviceArea)
        content.place = place.applied(to: content.place)
        content.siteID = site.applied(to: content.siteID)
        content.language = language.applied(to: content.language)
        content.externalReference = externalReference.applied(to: content.externalReference)
        content.requesterID = requester.applied(to: content.requesterID)
        content.impact = impact.applied(to: content.impact)
        content.urgency = urgency.applied(to: content.urgency)
        content.queueID = queue.applied(to: content.queueID)
        content.groupID = group.applied(to: content.groupID)
        content.weight = weight ?? content.weight
        content.preferredAgentID = preferredAgent.applied(to: content.preferredAgentID)
        content.priority = priority?.priority ?? content.priority
        content.skills = SkillRequirements(
            required: change(required, of: content.skills.required, \.value),
            optional: change(optional, of: content.skills.optional, \.value)
        )
        apply(fields, to: &content.fields)
        return content
    }

    private func change<Object, Value>(_ patch: Patch<[Object]>, of values: [Value], _ value: (Object) -> Value) -> [Value] {
        switch patch {
        case .keep: values
        case .clear: []
        case .set(let objects): objects.map(value)
        }
    }

    /// Members of an object are merged one by one.
    private func apply(_ patch: Patch<[(name: String, value: CustomFieldValue?)]>, to fields: inout [String: CustomFieldValue]) {
        switch patch {
        case .keep: break
        case .clear: fields = [:]
        case .set(let changes): for change in changes { fields[change.name] = change.value }
        }
    }
}
