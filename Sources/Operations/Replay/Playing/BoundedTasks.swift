/// Work on many things, some of them at a time.
enum BoundedTasks {
    /// - Returns: the results in the order of the inputs.
    static func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input],
        limit: Int,
        _ work: @escaping @Sendable (Input) async throws -> Output
    ) async throws -> [Output] {
        try await withThrowingTaskGroup(of: (Int, Output).self) { group in
            var outputs = [Output?](repeating: nil, count: inputs.count)
            for (index, input) in inputs.enumerated() {
                if index >= limit, let (done, output) = try await group.next() { outputs[done] = output }
                group.addTask { (index, try await work(input)) }
            }
            for try await (done, output) in group { outputs[done] = output }
            return outputs.compactMap { $0 }
        }
    }
}
