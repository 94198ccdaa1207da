using Wct.Net.Weights;
using Wct.Net.Weights.Pickle;

namespace Wct.Net.Tests.Weights;

public sealed class PickleTests
{
    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch.nn.modules.container", "Sequential")]
    [InlineData("torch._utils", "_rebuild_device_tensor_from_numpy")]
    public void OtherNamesAreRefusedByName(string module, string name)
    {
        byte[] global = new PickleWriter().Proto().Global(module, name).Text("touch x").Raw(0x85).Op('R').Stop().ToArray();
        byte[] stackGlobal = new PickleWriter().Proto(4).Text(module).Text(name).Raw(0x93).Text("touch x").Raw(0x85).Op('R').Stop().ToArray(
            );
        byte[] instance = new PickleWriter().Mark().Text("touch x").Op('i').Raw([.. System.Text.Encoding.ASCII.GetBytes(
            $"{module}\n{name}\n")]).Stop().ToArray();
        foreach (byte[] pickle in (byte[][])[global, stackGlobal, instance])
            Assert.Contains($"names '{module}.{name}'", Refused(pickle), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((byte)0x81, "0x81")]
    [InlineData((byte)0x82, "0x82")]
    [InlineData((byte)'o', "0x6F")]
    [InlineData((byte)'P', "0x50")]
    public void OtherOpcodesAreRefusedByCode(byte opcode, string code) =>
        Assert.Contains($"opcode {code}", Refused(new PickleWriter().Proto().Mark().OrderedDict().Op(')').Raw(opcode).Stop().ToArray(
            )), StringComparison.Ordinal);

    [Fact]
    public void ValuesAreRead()
    {
        byte[] pickle = new PickleWriter().Proto(4).Raw(0x95, 9, 9, 9, 9, 0, 0, 0, 0).Mark()
            .Op('N').Raw(0x88, 0x89).Raw((byte)'K', 200).Raw((byte)'M', 1, 2).Int(-5)
            .Raw(0x8A, 1, 0xFF).Raw(0x8A, 0).Raw(0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1)
            .Raw((byte)'G', 0x3F, 0xF8, 0, 0, 0, 0, 0, 0).Raw(0x8C, 2, (byte)'h', (byte)'i').Raw((byte)'U', 1, (byte)'u')
            .Raw((byte)'I', (byte)'0', (byte)'1', (byte)'\n').Raw((byte)'L', (byte)'7', (byte)'L', (byte)'\n')
            .Op('t').Stop().ToArray();
        Assert.Equal<object?[]>(
            [null, true, false, 200L, 513L, -5L, -1L, 0L, (Int128)1 << 64, 1.5, "hi", "u", true, 7L],
            (object?[])Run(pickle)!);
    }

    [Fact]
    public void MemoAndCollectionsWork()
    {
        // [(1, 2), (1, 2)] by put and get, one more by append; a dictionary whose second value for a key wins.
        byte[] list = new PickleWriter().Proto(4).Op(']').Raw(0x94).Mark().Int(1).Int(2).Raw(0x86).Raw((byte)'q', 7).Raw((byte)'h', 7).Op(
            'e').Raw((byte)'h', 7).Op('a').Stop().ToArray();
        PickleList items = Assert.IsType<PickleList>(Run(list));
        Assert.Equal(3, items.Count);
        Assert.All(items, item => Assert.Same(items[0], item));
        byte[] map = new PickleWriter().Proto().Op('}').Text("a").Int(1).Op('s').Mark().Text("a").Int(2).Int(9).Int(3).Op('u').Stop(
            ).ToArray();
        PickleDictionary dictionary = Assert.IsType<PickleDictionary>(Run(map));
        Assert.Equal([KeyValuePair.Create<string, object?>("a", 2L)], dictionary.Items);
    }

    [Fact]
    public void BrokenStacksAreRefused()
    {
        Assert.Contains("stack is empty", Refused(new PickleWriter().Stop().ToArray()), StringComparison.Ordinal);
        Assert.Contains("stack is empty", Refused(new PickleWriter().Int(1).Mark().Op('0').Stop().ToArray()), StringComparison.Ordinal);
        Assert.Contains("no mark", Refused(new PickleWriter().Op('t').Stop().ToArray()), StringComparison.Ordinal);
        Assert.Contains("memo 3", Refused(new PickleWriter().Raw((byte)'h', 3).Stop().ToArray()), StringComparison.Ordinal);
        Assert.Contains("3 items do not make pairs", Refused(new PickleWriter().Op('}').Mark().Int(1).Int(2).Int(3).Op('u').Stop().ToArray(
            )), StringComparison.Ordinal);
        Assert.Contains("an integer where a list is needed", Refused(new PickleWriter().Int(1).Int(2).Op('a').Stop().ToArray(
            )), StringComparison.Ordinal);
        Assert.Contains("calls an integer", Refused(new PickleWriter().Int(1).Op(')').Op('R').Stop().ToArray()), StringComparison.Ordinal);
        Assert.Contains("protocol 6", Refused(new PickleWriter().Proto(6).Stop().ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void HugeLengthsAreRefusedBeforeMemoryIsTaken()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(
            "4294967295 bytes", Refused(new PickleWriter().Op('X').Raw(0xFF, 0xFF, 0xFF, 0xFF).Stop().ToArray()), StringComparison.Ordinal);
        Assert.Contains("bytes", Refused(new PickleWriter().Raw(0x8D, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F).Stop().ToArray(
            )), StringComparison.Ordinal);
        Assert.Contains("truncated", Refused(new PickleWriter().Op('X').Raw(0xFF, 0xFF, 0, 0).Stop().ToArray()), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 18);
    }

    [Fact]
    public void PickleBombsAreRefused()
    {
        // Two million marks and empty dictionaries: more than any state dictionary has.
        byte[] many = new byte[2 << 20];
        many.AsSpan().Fill((byte)'}');
        Assert.Contains("opcodes", Refused(many), StringComparison.Ordinal);

        // Dictionaries nested through the memo, each with the previous one twice: 2^200 paths without a tensor.
        PickleWriter nested = new PickleWriter().Proto().Op('}').Raw((byte)'q', 0);
        for (int i = 0; i < 200; i++)
            nested.Op('}').Mark().Text("model").Raw((byte)'h', 0).Text("net").Raw((byte)'h', 0).Op('u').Raw((byte)'q', 0);
        byte[] bomb = TorchFile.Legacy(nested.Stop().ToArray());
        Assert.Contains("no dictionary of tensors", Assert.Throws<WeightsFormatException>(() =>
            NetworkFile.Read(new ByteSource("bomb", bomb))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RepeatedLargeObjectsAreRefused()
    {
        // A list of 1,000 pairs, built into a dictionary 2,000 times; and a tuple of 1,000 sizes.
        PickleWriter pairs = new PickleWriter().Proto().Op(']').Mark();
        for (int i = 0; i < 1000; i++)
            pairs.Text($"{i}").Int(i).Raw(0x86);
        pairs.Op('e').Raw((byte)'q', 0);
        for (int i = 0; i < 2000; i++)
            pairs.Global("collections", "OrderedDict").Raw((byte)'h', 0).Raw(0x85).Op('R').Op('0');
        Assert.Contains("more than 1048576 entries", Refused(pairs.Stop().ToArray()), StringComparison.Ordinal);
        int[] sizes = [.. Enumerable.Repeat(1, 1000)];
        Assert.Contains("1000 dimensions", Refused(new PickleWriter().Proto().Tensor("s", 1, 0, sizes, sizes).Stop().ToArray(
            )), StringComparison.Ordinal);
    }

    [Fact]
    public void ListsOfPairsMakeDictionaries()
    {
        // Python 2 wrote an OrderedDict's items as lists.
        byte[] pickle = new PickleWriter().Global("collections", "OrderedDict").Op(']').Op(']').Mark().Text("a").Int(1).Op('e').Op('a')
            .Raw(0x85).Op('R').Stop().ToArray();
        Assert.Equal([KeyValuePair.Create<string, object?>("a", 1L)], Assert.IsType<PickleDictionary>(Run(pickle)).Items);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("state_dict")]
    [InlineData("net")]
    [InlineData("anything else")]
    public void NestedStateDictionariesAreFound(string key)
    {
        byte[] pickle = new PickleWriter().Proto().Op('}').Mark().Text("epoch").Int(20).Text("other").Op('}').Text(key).OrderedDict()
            .Mark().Text("w").Tensor("s", 1, 0, [1], [1]).Op('u').Op('}').Text("_metadata").OrderedDict().Op('s').Op('b').Op('u').Stop(
                ).ToArray();
        using TensorArchive archive = NetworkFile.Read(new ByteSource("t", TorchFile.Legacy(pickle, ("s", TorchFile.Bytes([2.5f]), 1))));
        Assert.Equal(($"{key}.w", 2.5f), (Assert.Single(archive.Tensors).Name, Assert.Single(archive.Tensors[0].Read())));
    }

    [Fact]
    public void TensorsOfAllDictionariesAndListsAreListedOnce()
    {
        // {"a": {"w"}, "b": [{"w"}, that of "a" again], "w"}
        PickleWriter pickle = new PickleWriter().Proto().Op('}').Mark();
        pickle.Text("a").Op('}').Raw((byte)'q', 1).Text("w").Tensor("s", 1, 0, [1], [1]).Op('s');
        pickle.Text("b").Op(']').Mark().Op('}').Text("w").Tensor("s", 1, 0, [1], [1]).Op('s').Raw((byte)'h', 1).Op('e');
        pickle.Text("w").Tensor("s", 1, 0, [1], [1]);
        byte[] file = TorchFile.Legacy(pickle.Op('u').Stop().ToArray(), ("s", new byte[4], 1));
        using TensorArchive archive = NetworkFile.Read(new ByteSource("t", file));
        Assert.Equal(["a.w", "b.0.w", "w"], archive.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void NamesAndTensorsThatFillTheMemoryAreRefused()
    {
        // One tensor in a list 70,000 times, and under names of a megabyte each.
        PickleWriter many = new PickleWriter().Proto().Tensor("s", 1, 0, [1], [1]).Raw((byte)'q', 1).Op('0').Op(']').Mark();
        for (int i = 0; i < 70000; i++)
            many.Raw((byte)'h', 1);
        byte[] file = TorchFile.Legacy(many.Op('e').Stop().ToArray(), ("s", new byte[4], 1));
        Assert.Contains("more than 65536 tensors", RefusedFile(file), StringComparison.Ordinal);
        PickleWriter large = new PickleWriter().Proto().Tensor("s", 1, 0, [1], [1]).Raw((byte)'q', 1).Op('0');
        large.Op('}').Text(new string('n', 1 << 20)).Op(']').Mark();
        for (int i = 0; i < 20; i++)
            large.Raw((byte)'h', 1);
        byte[] named = TorchFile.Legacy(large.Op('e').Op('s').Stop().ToArray(), ("s", new byte[4], 1));
        Assert.Contains("more than 16777216 characters", RefusedFile(named), StringComparison.Ordinal);
    }

    [Fact]
    public void ProtocolFiveIsRead()
    {
        // A frame, memoized strings, sets, and all kinds of bytes, which are skipped.
        byte[] pickle = new PickleWriter().Proto(5).Raw(0x95, 9, 0, 0, 0, 0, 0, 0, 0).Mark()
            .Raw(0x8C, 1, (byte)'a').Raw(0x94).Raw((byte)'h', 0)
            .Raw(0x8D, 2, 0, 0, 0, 0, 0, 0, 0, (byte)'b', (byte)'c')
            .Raw((byte)'C', 1, 9).Raw((byte)'B', 2, 0, 0, 0, 9, 9).Raw(0x8E, 1, 0, 0, 0, 0, 0, 0, 0, 9)
            .Raw(0x96, 3, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9)
            .Raw(0x8B, 2, 0, 0, 0, 1, 2)
            .Raw(0x8F).Mark().Int(5).Raw(0x90).Mark().Int(6).Raw(0x91)
            .Op('t').Stop().ToArray();
        object?[] items = (object?[])Run(pickle)!;
        Assert.Equal(["a", "a", "bc"], items[..3]);
        Assert.All(items[3..7], item => Assert.IsType<PickleBytes>(item));
        Assert.Equal(513L, items[7]);
        Assert.Equal([5L], Assert.IsType<PickleList>(items[8]));
        Assert.Equal([6L], Assert.IsType<PickleList>(items[9]));
        Assert.Contains("buffers outside", Refused(new PickleWriter().Proto(5).Raw(0x97).Stop().ToArray()), StringComparison.Ordinal);
        Assert.Contains("buffers outside", Refused(new PickleWriter().Proto(5).Raw(0x98).Stop().ToArray()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((byte)'B', 4)]
    [InlineData((byte)0x8E, 8)]
    [InlineData((byte)0x96, 8)]
    public void BytesBeyondTheEndAreRefused(byte opcode, int lengthBytes)
    {
        byte[] length = [.. Enumerable.Repeat((byte)0x7F, lengthBytes)];
        Assert.Contains(
            "truncated", Refused(new PickleWriter().Proto(5).Raw(opcode).Raw(length).Stop().ToArray()), StringComparison.Ordinal);
        byte[] negative = [.. Enumerable.Repeat((byte)0xFF, lengthBytes)];
        Assert.Contains(
            "truncated", Refused(new PickleWriter().Proto(5).Raw(opcode).Raw(negative).Stop().ToArray()), StringComparison.Ordinal);
    }

    private static string RefusedFile(byte[] file) =>
        Assert.Throws<WeightsFormatException>(() => NetworkFile.Read(new ByteSource("t", file))).Message;

    private static object? Run(byte[] pickle)
    {
        ByteSource source = new("test.pkl", pickle);
        return new PickleMachine(new ByteCursor(source, 0, source.Length), new TorchObjects(source)).Run();
    }

    private static string Refused(byte[] pickle) => Assert.Throws<WeightsFormatException>(() => Run(pickle)).Message;
}
