using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>Holds the picture between the levels and the features of the current level, either as whole tensors or as a packed picture and
/// tiles.</summary>
/// <remarks>
/// <see cref="CascadeRun"/> decides what happens at a level; implementations decide where the data is. Per level it calls
/// <see cref="Begin"/>, <see cref="Measure"/>, then <see cref="Replace"/> unless a style is measured, and <see cref="End"/> in any case.
/// </remarks>
internal interface ILevelPicture
{
    /// <summary>Allocates memory for a level.</summary>
    void Begin(LevelPlan plan);

    /// <summary>Encodes the picture and adds its features to the moments, each pixel once.</summary>
    void Measure(LevelMoments moments);

    /// <summary>Transforms the features and decodes them to the new picture.</summary>
    void Replace(LevelMap map);

    /// <summary>Some rows of the picture as it is now, between the levels.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <returns>[3, count, columns]; the caller disposes of it.</returns>
    Tensor Rows(int first, int count);

    /// <summary>Frees the level's memory.</summary>
    void End();

    /// <summary>Frees memory that other levels don't need, if memory is scarce.</summary>
    void Trim();
}
