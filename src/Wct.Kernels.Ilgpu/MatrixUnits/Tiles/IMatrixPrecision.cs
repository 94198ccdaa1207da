using ILGPU;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.TensorCores.Tiles;

/// <summary>What the tensor cores multiply: how inputs are rounded on their way to them, and the instruction.</summary>
internal interface IMatrixPrecision
{
    /// <summary>Quads of inputs that become 16 bytes.</summary>
    static abstract int UnitQuads { get; }

    /// <summary>Rounds <see cref="UnitQuads"/> quads, and writes them to shared memory.</summary>
    /// <param name="at">The first of them.</param>
    /// <param name="to">Bytes into shared memory.</param>
    static abstract void Stage(ArrayView<Quad> input, long at, int to);

    /// <summary>Adds the products for channels 0 to 15.</summary>
    static abstract void Multiply0();

    /// <summary>Adds the products for channels 16 to 31.</summary>
    static abstract void Multiply1();

    /// <summary>Adds the products for channels 32 to 47.</summary>
    static abstract void Multiply2();

    /// <summary>Adds the products for channels 48 to 63.</summary>
    static abstract void Multiply3();
}
