public import Domain
import HTTPTypes

/// `If-Match` in the terms of a use case: which versions of the resource the change may be made to.
public enum VersionPrecondition: Hashable, Sendable {
    /// Whatever the version.
    case any
    /// One of these; none at all where the caller's tags belong to other resources, which always fails.
    case versions([Int64])

    public func allows(_ version: Int64) -> Bool {
        switch self {
        case .any: true
        case .versions(let versions): versions.contains(version)
        }
    }
}

extension EntityTagCondition {
    /// The versions of one resource that this `If-Match` names.
    public func precondition<Entity>(on id: ID<Entity>) -> VersionPrecondition {
        switch self {
        case .any: .any
        case .tags(let tags):
            .versions(tags.filter { !$0.isWeak && $0.tag == EntityTag(version: $0.tag.version, of: id) }.map(\.tag.version))
        }
    }
}

extension Problem {
    /// 412, with the tag of the resource as it is now (api.md 4).
    public static func preconditionFailed(current: EntityTag?) -> Problem {
        Problem(.preconditionFailed, headers: current.map { [.eTag: $0.description] } ?? [:])
    }
}
