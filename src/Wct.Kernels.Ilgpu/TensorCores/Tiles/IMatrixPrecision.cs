using ILGPU;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Kernels.Ilgpu.TensorCores.Tiles;

/// <summary>A precision of the tensor cores. It rounds the inputs and has the instructions that multiply.</summary>
internal interface IMatrixPrecision
{
    /// <summary>Quads of inputs that round to 16 bytes.</summary>
    static abstract int UnitQuads { get; }

    /// <summary>Rounds <see cref="UnitQuads"/> quads and writes them to shared memory.</summary>
    /// <param name="input">The input map, in single precision.</param>
    /// <param name="at">Index of the first quad.</param>
    /// <param name="isInside">Whether to read the quads; otherwise zeros are written.</param>
    /// <param name="to">Offset in shared memory, in bytes.</param>
    static abstract void Stage(ArrayView<Quad> input, long at, bool isInside, int to);

    /// <summary>Adds the products for channels 0 to 15.</summary>
    static abstract void Multiply0();

    /// <summary>Adds the products for channels 16 to 31.</summary>
    static abstract void Multiply1();

    /// <summary>Adds the products for channels 32 to 47.</summary>
    static abstract void Multiply2();

    /// <summary>Adds the products for channels 48 to 63.</summary>
    static abstract void Multiply3();
}
