using System.Runtime.CompilerServices;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.MathNet;
using Wct.Net;
using Wct.Net.Models;
using Wct.Training;

namespace Wct.Cli.Tests;

/// <summary>Tests the line for an exception: the library's messages are printed unchanged, faults of the program are called internal
/// errors.</summary>
public sealed class ErrorLineTests
{
    private const string Fault = "internal error: ";

    // An eigensolver's results are checked, and the message is meant for users.
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(1.0)]
    public void AnEigensolversBadResultIsNoInternalError(double eigenvalues)
    {
        LoadOptions options = new() { Device = DeviceChoice.Cpu, Eigensolver = new Useless(eigenvalues) };
        using StyleTransfer transfer = new(RandomModel.Create([4, 5], seed: 3), options);
        PixelImage picture = new(20, 16);
        new Random(1).NextBytes(picture.Bytes);
        ArithmeticException error = Assert.Throws<ArithmeticException>(() => transfer.Stylize(picture, picture));
        Assert.StartsWith("The eigensolver 'useless' gave NaN as e", error.Message);
        Assert.Equal(error.Message, ErrorLine.Text(error));
    }

    [Fact]
    public void OwnExceptionsAreNoInternalErrors()
    {
        Type[] known =
            [typeof(CommandLine), typeof(StyleTransfer), typeof(Backend), typeof(Trainer), typeof(ImageFile), typeof(MathNetEigensolver)];
        Type[] exceptions = [.. known.SelectMany(type => type.Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Exception)))];
        foreach (Type type in (Type[])[typeof(Failure), typeof(ImageFormatException), typeof(Kernels.Gpu.GpuException),
            typeof(ModelMismatchException)])
            Assert.Contains(type, exceptions);
        Assert.All(exceptions, type =>
            Assert.DoesNotContain(Fault, ErrorLine.Text((Exception)RuntimeHelpers.GetUninitializedObject(type))));
    }

    [Fact]
    public void FaultsOfTheProgramAreInternalErrors()
    {
        Exception[] faults =
        [
            new NullReferenceException("m"), new IndexOutOfRangeException("m"), new InvalidCastException("m"),
            new InvalidOperationException("m"),
            new KeyNotFoundException("m"), new OverflowException("m"), new DivideByZeroException("m"), new NotFiniteNumberException("m", 0),
        ];
        Assert.All(faults, fault => Assert.Equal($"{Fault}{fault.GetType().Name}: m", ErrorLine.Text(fault)));
    }

    [Fact]
    public void LackOfMemoryIsExplainedIfTheMessageDoes()
    {
        Assert.Equal("not enough memory: the device has 3 bytes", ErrorLine.Text(new OutOfMemoryException("the device has 3 bytes")));
        Assert.Equal("not enough memory", ErrorLine.Text(new OutOfMemoryException()));
        Exception thrown = Assert.Throws<OutOfMemoryException>(() => new string('a', int.MaxValue));
        Assert.Equal("not enough memory", ErrorLine.Text(thrown));
    }

    private sealed class Useless(double eigenvalues) : IEigensolver
    {
        public string Name => "useless";

        public void Solve(ReadOnlySpan<double> matrix, int size, Span<double> values, Span<double> vectors)
        {
            values.Fill(eigenvalues);
            vectors.Fill(double.NaN);
        }
    }
}
