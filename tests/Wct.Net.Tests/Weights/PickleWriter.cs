using System.Text;

namespace Wct.Net.Tests.Weights;

/// <summary>Writes pickles opcode by opcode, well-formed or not.</summary>
/// <param name="protocol">From 4 on, strings and names are written as Python does in these protocols: short and memoized, names as two
/// strings.</param>
internal sealed class PickleWriter(byte protocol = 2)
{
    private readonly MemoryStream _bytes = new();

    internal byte[] ToArray() => _bytes.ToArray();

    internal PickleWriter Raw(params ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    internal PickleWriter Op(char opcode) => Raw((byte)opcode);

    internal PickleWriter Proto() => Proto(protocol);

    internal PickleWriter Proto(byte number) => Raw(0x80, number);

    internal PickleWriter Stop() => Op('.');

    internal PickleWriter Mark() => Op('(');

    internal PickleWriter Global(string module, string name) => protocol >= 4
        ? Text(module).Text(name).Raw(0x93, 0x94) : Op('c').Raw(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));

    internal PickleWriter Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (protocol >= 4 && bytes.Length < 256)
            return Raw(0x8C, (byte)bytes.Length).Raw(bytes).Raw(0x94);
        return Op('X').Raw(BitConverter.GetBytes(bytes.Length)).Raw(bytes);
    }

    internal PickleWriter Int(int value) => Op('J').Raw(BitConverter.GetBytes(value));

    internal PickleWriter Ints(IEnumerable<int> values)
    {
        Mark();
        foreach (int value in values)
            Int(value);
        return Op('t');
    }

    /// <summary>Writes a tensor, which is a call of _rebuild_tensor_v2.</summary>
    internal PickleWriter Tensor(string key, int stored, int offset, int[] shape, int[] strides, string storage = "FloatStorage") =>
        Global("torch._utils", "_rebuild_tensor_v2").Mark()
            .Mark().Text("storage").Global("torch", storage).Text(key).Text("cpu").Int(stored).Op('t').Op('Q')
            .Int(offset).Ints(shape).Ints(strides).Raw(0x89).Global("collections", "OrderedDict").Op(')').Op('R').Op('t').Op('R');

    internal PickleWriter OrderedDict() => Global("collections", "OrderedDict").Op(')').Op('R');
}
