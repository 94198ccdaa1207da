using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>The picture between the levels, and the features of the level at work: whole tensors, or a packed picture and tiles.</summary>
/// <remarks>
/// <see cref="CascadeRun"/> says what happens at a level; this says where the numbers are. Per level: <see cref="Begin"/>,
/// <see cref="Measure"/>, then <see cref="Replace"/> unless a style is measured, and <see cref="End"/> in any case.
/// </remarks>
internal interface ILevelPicture
{
    /// <summary>Takes memory for a level.</summary>
    void Begin(LevelPlan plan);

    /// <summary>Encodes the picture and adds its features, each pixel once.</summary>
    void Measure(LevelMoments moments);

    /// <summary>Transforms the features and decodes them to the new picture.</summary>
    void Replace(LevelMap map);

    /// <summary>Frees the level's memory.</summary>
    void End();

    /// <summary>Frees what other levels don't need, where memory is scarce.</summary>
    void Trim();
}
