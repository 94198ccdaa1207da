namespace Wct.Bindings;

/// <summary>The picture that a level gives, which is the next level's content.</summary>
public sealed class LevelPicture
{
    internal LevelPicture(int level, int pass, PixelImage picture) => (Level, Pass, Picture) = (level, pass, picture);

    /// <summary>1 to 5.</summary>
    public int Level { get; }

    /// <summary>The pass, counted from 1.</summary>
    public int Pass { get; }

    /// <summary>The picture in RGB, with the content's size. Color preservation and photo mode are not applied; they follow after the last
    /// level.</summary>
    public PixelImage Picture { get; }
}
