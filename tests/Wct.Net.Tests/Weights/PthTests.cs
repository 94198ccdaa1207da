using System.IO.Compression;
using Wct.Net.Models;
using Wct.Net.Tests.Models;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

public sealed class PthTests
{
    private static readonly TorchFile.Entry[] Network = TorchFile.Entries(SmallNetworks.Encoder(1).Convolutions, (i, _) => $"{i * 2}");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void BothFormsGiveTheTensorsInOrder(bool zip)
    {
        using TensorArchive archive = Read(zip ? TorchFile.Zip(Network) : TorchFile.Legacy(Network));
        Assert.Equal(Network.Select(entry => entry.Name), archive.Tensors.Select(tensor => tensor.Name));
        Assert.All(Network.Zip(archive.Tensors), pair => Assert.Equal(pair.First.Data, pair.Second.Read()));
        Assert.Equal("[2, 3, 3, 3]", archive.Tensors[2].ShapeText);
    }

    [Fact]
    public void ViewsOfASharedStorageAreGathered()
    {
        byte[] pickle = new PickleWriter().Proto().Op('}').Mark()
            .Text("transposed").Tensor("s", 6, 0, [3, 2], [1, 3])
            .Text("tail").Tensor("s", 6, 4, [2], [1])
            .Text("column").Tensor("s", 6, 1, [2], [3])
            .Text("repeated").Tensor("s", 6, 5, [3], [0])
            .Text("scalar").Tensor("s", 6, 3, [], [])
            .Text("empty").Tensor("s", 6, 0, [0, 4], [4, 1])
            .Op('u').Stop().ToArray();
        using TensorArchive archive = Read(TorchFile.Legacy(pickle, ("s", TorchFile.Bytes([0, 1, 2, 3, 4, 5]), 6)));
        Assert.Equal([0, 3, 1, 4, 2, 5], archive.Find("transposed")!.Read());
        Assert.Equal([4, 5], archive.Find("tail")!.Read());
        Assert.Equal([1, 4], archive.Find("column")!.Read());
        Assert.Equal([5, 5, 5], archive.Find("repeated")!.Read());
        Assert.Equal([3], archive.Find("scalar")!.Read());
        Assert.Empty(archive.Find("empty")!.Read());
    }

    [Theory]
    [InlineData(0, 7, 1)]
    [InlineData(1, 6, 1)]
    [InlineData(-1, 2, 1)]
    [InlineData(0, 2, 6)]
    [InlineData(0, 2, -1)]
    [InlineData(0, -2, 1)]
    [InlineData(6, 1, 1)]
    [InlineData(0, 7, 0)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    public void ViewsBeyondTheirStorageAreRefused(int offset, int size, int stride)
    {
        byte[] pickle = new PickleWriter().Proto().Op('}').Mark().Text("view").Tensor("s", 6, offset, [size], [stride]).Op('u').Stop(
            ).ToArray();
        Assert.Contains(
            "does not fit its storage of 6 elements", Refused(TorchFile.Legacy(pickle, ("s", new byte[24], 6))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Half", ElementType.F16)]
    [InlineData("BFloat16", ElementType.BF16)]
    [InlineData("Double", ElementType.F64)]
    public void OtherElementTypesBecomeSingles(string name, ElementType type)
    {
        // 19 values: whole vectors and a remainder. The first values are subnormal or extreme in half precision.
        float[] values = [5.9604645e-8f, -6.097555e-5f, 65504, -0f, 1, -2, .. Enumerable.Range(0, 13).Select(i => (i - 6) / 4f)];
        if (type == ElementType.BF16)
            values = [.. values.Select(value => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000))];
        byte[] bytes = [.. values.SelectMany(value => type switch
        {
            ElementType.F16 => BitConverter.GetBytes((Half)value),
            ElementType.F64 => BitConverter.GetBytes((double)value),
            _ => BitConverter.GetBytes(value)[2..],
        })];
        byte[] pickle = new PickleWriter().Proto().Op('}').Mark().Text("t").Tensor("s", 19, 0, [19], [1], name + "Storage").Op('u').Stop(
            ).ToArray();
        using TensorArchive archive = Read(TorchFile.Zip(pickle, [("data/s", bytes)]));
        Assert.Equal(type, archive.Tensors[0].Type);
        Assert.Equal(values.Select(BitConverter.SingleToUInt32Bits), archive.Tensors[0].Read().Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void EveryHalfIsReadExactly()
    {
        Half[] all = [.. Enumerable.Range(0, 1 << 16).Select(bits => BitConverter.UInt16BitsToHalf((ushort)bits))];
        float[] read = new float[all.Length];
        ElementReader.Read(new ByteSource("all", [.. all.SelectMany(BitConverter.GetBytes)]), 0, ElementType.F16, read);
        for (int i = 0; i < all.Length; i++)
            Assert.True(Half.IsNaN(all[i]) ? float.IsNaN(read[i]) : BitConverter.SingleToUInt32Bits((
                float)all[i]) == BitConverter.SingleToUInt32Bits(read[i]), $"half 0x{i:X4}");
    }

    [Fact]
    public void IntegersAreListedAndRefusedAsWeights()
    {
        byte[] pickle = new PickleWriter().Proto().Op('}').Mark().Text("bn.num_batches_tracked").Tensor(
            "s", 1, 0, [], [], "LongStorage").Op('u').Stop().ToArray();
        using TensorArchive archive = Read(TorchFile.Zip(pickle, [("data/s", new byte[8])]));
        Assert.Null(archive.Tensors[0].Type);
        Assert.Contains("elements of type Long", Assert.Throws<WeightsFormatException>(() =>
            archive.Tensors[0].Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StoragesMustBeComplete()
    {
        byte[] pickle = new PickleWriter().Proto().Op('}').Mark().Text("t").Tensor("s", 6, 0, [6], [1]).Op('u').Stop().ToArray();
        Assert.Contains("'s' is not in the zip archive", Refused(TorchFile.Zip(pickle, [])), StringComparison.Ordinal);
        Assert.Contains(
            "has 23 bytes, 24 are needed", Refused(TorchFile.Zip(pickle, [("data/s", new byte[23])])), StringComparison.Ordinal);
        Assert.Contains("'s' of tensor 't' is not in the file", Refused(TorchFile.Legacy(pickle)), StringComparison.Ordinal);
        Assert.Contains(
            "has 5 elements, its tensors expect 6", Refused(TorchFile.Legacy(pickle, ("s", new byte[24], 5))), StringComparison.Ordinal);
        Assert.Contains(
            "needs 24 bytes, 20 are there", Refused(TorchFile.Legacy(pickle, ("s", new byte[20], 6))), StringComparison.Ordinal);
    }

    [Fact]
    public void CompressedAndBigEndianArchivesAreRefused()
    {
        byte[] pickle = TorchFile.StateDictionary([]);
        Assert.Contains(
            "compressed", Refused(TorchFile.Zip(pickle, [("data/0", new byte[500])], CompressionLevel.Optimal)), StringComparison.Ordinal);
        Assert.Contains("byte order 'big'", Refused(TorchFile.Zip(pickle, [("byteorder", "big"u8.ToArray())])), StringComparison.Ordinal);
        Assert.Contains("2 files named data.pkl", Refused(TorchFile.Zip(pickle, [("sub/data.pkl", pickle)])), StringComparison.Ordinal);
    }

    [Fact]
    public void TruncatedFilesAreRefused()
    {
        Hostile.Truncations(TorchFile.Legacy(Network), source => Hostile.ReadAll(NetworkFile.Read(source)));
        Hostile.Truncations(TorchFile.Zip(Network), source => Hostile.ReadAll(NetworkFile.Read(source)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void DamagedFilesAreReadOrRefused(bool zip)
    {
        int refused = Hostile.Mutations(zip ? TorchFile.Zip(Network) : TorchFile.Legacy(Network), 4000, source =>
            Hostile.ReadAll(NetworkFile.Read(source)));
        Assert.InRange(refused, 500, 4000);
    }

    private static TensorArchive Read(byte[] file) => NetworkFile.Read(new ByteSource("test.pth", file));

    private static string Refused(byte[] file) => Assert.Throws<WeightsFormatException>(() => Read(file)).Message;
}
