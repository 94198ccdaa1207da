namespace Wct.Net;

/// <summary>The picture that a level gives, which is the next level's content.</summary>
/// <param name="Level">1 to 5.</param>
/// <param name="Pass">The pass, counted from 1.</param>
/// <param name="Picture">Reads the picture in RGB, with the content's size. Usable until the receiver returns. Color preservation and photo
/// mode are not applied; they follow after the last level.</param>
public sealed record LevelPicture(int Level, int Pass, IPixelReader Picture);
