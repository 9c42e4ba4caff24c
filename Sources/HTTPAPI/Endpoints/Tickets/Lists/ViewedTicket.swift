import Domain
import UseCases

/// A ticket as the caller wants to see it.
struct ViewedTicket: ResponseObject {
    let ticket: Ticket
    let view: TicketView
    let related: RelatedContents

    static let schema = JSONSchema.object(
        "ViewedTicket",
        TicketResource.properties.map { property in
            var property = property
            property.isRequired = false
            return property
        } + [
            JSONProperty("requester", DirectoryResource<RequesterContent>.schema.nullable, isRequired: false, "include=requester"),
            JSONProperty("assignee", DirectoryResource<AgentContent>.schema.nullable, isRequired: false, "include=assignee"),
            JSONProperty("queue", DirectoryResource<QueueContent>.schema.nullable, isRequired: false, "include=queue"),
            JSONProperty(
                "timers",
                .array(of: OpenTimerObject.schema, count: 0...OpenTimer.maximumCount),
                isRequired: false,
                "include=timers: the clocks that run or are paused, the first to fall due first."
            ),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            TicketResource(ticket).writeFields(to: &writer, only: view.members)
            if view.relations.contains(.requester) {
                writer.field("requester", ticket.content.requesterID.flatMap { related.requesters[$0] }.map(DirectoryResource.init))
            }
            if view.relations.contains(.assignee) {
                writer.field("assignee", ticket.assigneeID.flatMap { related.agents[$0] }.map(DirectoryResource.init))
            }
            if view.relations.contains(.queue) {
                writer.field("queue", ticket.content.queueID.flatMap { related.queues[$0] }.map(DirectoryResource.init))
            }
            if view.relations.contains(.timers) {
                writer.field("timers", (related.timers[ticket.id] ?? []).map(OpenTimerObject.init))
            }
        }
    }
}
