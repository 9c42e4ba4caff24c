/// The pointer arrays that libpq wants for parameters; reused, so that sending allocates nothing.
struct ParameterScratch {
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Calls `body` with the parameters of one statement, which lie in `arena`.
    mutating func withParameters(
        _ parameters: ArraySlice<Binder.Parameter>,
        in arena: UnsafeBufferPointer<UInt8>,
        _ body: (_ count: Int32, _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Int32
    ) -> Int32 {
        values.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        let start = UnsafeRawPointer(arena.baseAddress)
        for parameter in parameters {
            values.append(parameter.length < 0 ? nil : start.map { ($0 + parameter.offset).assumingMemoryBound(to: CChar.self) })
            lengths.append(max(0, parameter.length))
        }
        while formats.count < values.count { formats.append(1) }
        return body(Int32(values.count), values, lengths, formats)
    }
}
