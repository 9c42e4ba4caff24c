import Domain
import HTTPTypes
import Logging
import UseCases

/// Creates the tickets of a batch one after the other, each by itself: what is refused hinders no other.
struct TicketBatch {
    /// Room for `#99` behind the batch's key.
    static let maximumKeyLength = 252

    let environment: APIEnvironment
    let principal: Principal
    /// With the key of the whole batch, from which those of the items are made.
    let request: IdempotencyRequest?
    let requestID: String
    /// What the types of problems begin with.
    let address: String
    let logger: Logger

    /// - Returns: 207 with one item for each, in order; with `Idempotent-Replayed` where every one of them is the answer of an earlier request. What is refused is
    ///   judged afresh, so a batch with a refusal never has it.
    /// - Throws: 400 for a key that leaves no room for the items' numbers, 422 for one that was used for another request.
    func create(_ batch: CreateTickets) async throws -> Reply<BatchResource> {
        if let request { try await begin(request) }
        var items: [BatchResource.Item] = []
        var replayed = 0
        for (index, entry) in batch.entries.enumerated() {
            switch entry {
            case .refused(let problem): items.append(refused(index, problem))
            case .item(let item, _) where item.key != nil && item.key == request?.key.value: items.append(refused(index, Self.sameKey(at: index)))
            case .item(let item, let fingerprint):
                let (answer, isReplayed) = await create(item, fingerprint: fingerprint, at: index)
                items.append(answer)
                replayed += isReplayed ? 1 : 0
            }
        }
        var reply = Reply.status(.multiStatus, BatchResource(items: items))
        if replayed == items.count { reply.headers[.idempotentReplayed] = "true" }
        return reply
    }

    /// A batch that was mended is another request: by the numbers of its items some would be made twice under the same key.
    private func begin(_ request: IdempotencyRequest) async throws {
        guard request.key.value.utf8.count <= Self.maximumKeyLength else {
            throw Problem(.idempotencyKeyInvalid, "For a batch at most \(Self.maximumKeyLength) characters.")
        }
        let parts = IdempotentWrite<Void>(principal: principal.keyID, key: request.key.value, fingerprint: request.fingerprint) {
            IdempotencyRecord(fingerprint: request.fingerprint, status: HTTPResponse.Status.multiStatus.code, etag: nil, location: nil, body: [])
        }
        try await environment.tickets.beginParts(of: parts, in: principal.tenantID)
    }

    /// The batch's key stands for the whole of it: its record would be taken for another request by the item.
    private static func sameKey(at index: Int) -> Problem {
        let place = FieldError.Place.pointer("/items/\(index)/idempotency_key")
        return .invalid([FieldError(place, .notAllowed, "Is the key of the whole batch: give the item another one, or none.")])
    }

    private func create(_ item: CreateTickets.Item, fingerprint: [UInt8], at index: Int) async -> (answer: BatchResource.Item, isReplayed: Bool) {
        do {
            let call = (item.key ?? request.map { "\($0.key.value)#\(index)" }).map { key in
                IdempotentCall(principal: principal.keyID, key: key, fingerprint: fingerprint) { ticket in
                    IdempotencyRecord(Reply<TicketResource>.created(ticket).rendered(), fingerprint: fingerprint)
                }
            }
            let ticket = item.ticket.coming(through: principal)
            let outcome = try await placing(item.sentLists) {
                try await environment.tickets.create(ticket, in: principal.tenantID, by: principal.actor, idempotency: call)
            }
            switch outcome {
            case .done(let change):
                return (BatchResource.Item(created: change.after, at: index), false)
            case .replayed(let record):
                let id = record.location?.split(separator: "/").last.flatMap { TicketID($0) }
                return (BatchResource.Item(index: index, id: id, status: record.status, entityTag: record.etag, problem: nil), true)
            }
        } catch {
            let (problem, isUnexpected) = ProblemMapper().problem(for: error)
            if isUnexpected { logger.error("unexpected error", metadata: ["error": .string(String(reflecting: type(of: error)))]) }
            return (refused(index, problem.inside("/items/\(index)")), false)
        }
    }

    private func refused(_ index: Int, _ problem: Problem) -> BatchResource.Item {
        BatchResource.Item(
            index: index,
            id: nil,
            status: problem.status.code,
            entityTag: nil,
            problem: problem.body(instance: "/v1/tickets/batch", requestID: requestID, address: address)
        )
    }
}

extension Problem {
    /// A use case's pointers begin at the ticket, or at the list; the caller's body has it inside something.
    func inside(_ place: String) -> Problem {
        var problem = self
        problem.errors = errors.map { error in
            guard case .pointer(let pointer) = error.place else { return error }
            return FieldError(.pointer(place + pointer), error.code, error.detail)
        }
        return problem
    }
}
