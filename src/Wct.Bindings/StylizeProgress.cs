namespace Wct.Bindings;

/// <summary>The stages of a level.</summary>
public enum StylizeStage
{
    /// <summary>The style's features and statistics.</summary>
    Style,

    /// <summary>The content's features.</summary>
    Encode,

    /// <summary>Whitening and coloring.</summary>
    Transform,

    /// <summary>The picture, from the features.</summary>
    Decode,
}

/// <summary>A progress report.</summary>
public readonly struct StylizeProgress : IEquatable<StylizeProgress>
{
    internal StylizeProgress(int level, StylizeStage stage, double fraction) => (Level, Stage, Fraction) = (level, stage, fraction);

    /// <summary>The current level, 1 to 5; 0 while a style is measured.</summary>
    public int Level { get; }

    /// <summary>The current stage.</summary>
    public StylizeStage Stage { get; }

    /// <summary>Share of the whole work that is done, 0 to 1; never decreases.</summary>
    public double Fraction { get; }

    /// <summary>Whether two reports are equal.</summary>
    public static bool operator ==(StylizeProgress a, StylizeProgress b) => a.Equals(b);

    /// <summary>Whether two reports differ.</summary>
    public static bool operator !=(StylizeProgress a, StylizeProgress b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(StylizeProgress other) => (Level, Stage, Fraction) == (other.Level, other.Stage, other.Fraction);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StylizeProgress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Level, Stage, Fraction).GetHashCode();
}
