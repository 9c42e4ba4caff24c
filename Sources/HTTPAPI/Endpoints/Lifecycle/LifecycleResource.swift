import Domain

/// The life cycle of a ticket as data: its states and the moves between them.
struct LifecycleResource: ResponseObject {
    let lifecycle: Lifecycle

    static let schema = JSONSchema.object(
        "Lifecycle",
        [JSONProperty("states", .array(of: stateSchema), "In the order of a ticket's life.")]
    )

    private static let stateSchema = JSONSchema.object(
        "LifecycleState",
        [
            JSONProperty("state", .string, "Its code."),
            JSONProperty("category", .codes(StateCategory.self), "What it means to clocks and routing."),
            JSONProperty("stage", JSONSchema.codes(SLAStage.self).nullable, "The step of handling, whose length policies may limit."),
            JSONProperty("name", .string, "Its name in English."),
            JSONProperty("name_zh", .string, "Its name in Chinese."),
            JSONProperty("next_states", .array(of: .string), "Where transitionTicket may lead; empty: final."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.name("states")
            writer.array { writer in
                for state in lifecycle.states { write(state, to: &writer) }
            }
        }
    }

    private func write(_ state: Lifecycle.State, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("state", state.state.rawValue)
            writer.field("category", state.category.rawValue)
            writer.field("stage", code: state.stage)
            writer.field("name", state.english)
            writer.field("name_zh", state.chinese)
            writer.field("next_states", lifecycle.successors(of: state.state).map(\.rawValue))
        }
    }
}
