namespace Wct.Net.Weights;

/// <summary>How a file stores the elements of a tensor of weights.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision.</summary>
    F32,

    /// <summary>IEEE 754 half precision.</summary>
    F16,

    /// <summary>The upper half of a single.</summary>
    BF16,

    /// <summary>IEEE 754 double precision; rounded to single when read.</summary>
    F64,
}
