namespace Wct.Net.Weights;

/// <summary>Formats in which files store the elements of weights.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision.</summary>
    F32,

    /// <summary>IEEE 754 half precision.</summary>
    F16,

    /// <summary>The upper 16 bits of an IEEE 754 single.</summary>
    BF16,

    /// <summary>IEEE 754 double precision; rounded to single when read.</summary>
    F64,
}
