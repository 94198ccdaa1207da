namespace Wct.PtxInterpreter.Text;

/// <summary>A type of an instruction or a register.</summary>
internal sealed record PtxType(string Name, Type Type, int Bytes, RegisterKind Kind)
{
    private static readonly Dictionary<string, PtxType> All = new PtxType[]
    {
        new("pred", typeof(byte), 1, RegisterKind.Predicate), new("f16x2", typeof(uint), 4, RegisterKind.Bits),
        new("f16", typeof(Half), 2, RegisterKind.Real), new("f32", typeof(float), 4, RegisterKind.Real),
        new("f64", typeof(double), 8, RegisterKind.Real),
        new("b8", typeof(byte), 1, RegisterKind.Bits), new("u8", typeof(byte), 1, RegisterKind.Integer),
        new("s8", typeof(sbyte), 1, RegisterKind.Integer),
        new("b16", typeof(ushort), 2, RegisterKind.Bits), new("u16", typeof(ushort), 2, RegisterKind.Integer),
        new("s16", typeof(short), 2, RegisterKind.Integer),
        new("b32", typeof(uint), 4, RegisterKind.Bits), new("u32", typeof(uint), 4, RegisterKind.Integer),
        new("s32", typeof(int), 4, RegisterKind.Integer),
        new("b64", typeof(ulong), 8, RegisterKind.Bits), new("u64", typeof(ulong), 8, RegisterKind.Integer),
        new("s64", typeof(long), 8, RegisterKind.Integer),
    }.ToDictionary(type => type.Name);

    internal static PtxType Parse(string name, PtxStatement statement) =>
        All.TryGetValue(name, out PtxType? type) ? type : throw statement.Unknown();

    internal static PtxType Get(string name) => All[name];
}
