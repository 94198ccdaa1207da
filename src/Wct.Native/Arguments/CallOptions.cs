using System.Runtime.InteropServices;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.Native.Arguments;

/// <summary>wct_options in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct CallOptions
{
    private readonly uint _size;
    private readonly uint _reserved;
    private readonly double _strength;
    private readonly byte* _levels;
    private readonly long _maxMemory;
    private readonly delegate* unmanaged[Cdecl]<void*, double, int, int, int> _progress;
    private readonly void* _context;
    private readonly ErrorBuffer _error;
    private readonly byte* _strengths, _transform, _preserveColor;
    private readonly double _styleScale;
    private readonly int _passes, _photo, _photoRadius;
    private readonly uint _reserved2;
    private readonly double _photoEpsilon, _photoDetail;
    private readonly delegate* unmanaged[Cdecl]<void*, int, int, Picture*, int> _levelPicture;

    // The first version ended before 'error', the second one before 'strengths'.
    private static ReadOnlySpan<uint> Earlier => new uint[] { SecondSize - (uint)sizeof(ErrorBuffer), SecondSize };

    private static uint SecondSize => (uint)(sizeof(CallOptions) - 4 * sizeof(void*) - 3 * sizeof(double) - 4 * sizeof(int));

    /// <summary>Clears and returns the error buffer in the options. If there is none, or if the options can't be read, the buffer ignores
    /// messages.</summary>
    internal static ErrorBuffer Error(CallOptions* given) =>
        VersionedStruct.TryRead(given, Earlier, out CallOptions options) ? options._error.Cleared() : default;

    /// <summary>Checks the options of calls that only need the error buffer.</summary>
    /// <exception cref="ArgumentException">A field has an invalid value.</exception>
    /// <exception cref="RecipeFormatException">A field has an invalid text.</exception>
    internal static void Check(CallOptions* given) => Read(given, model: null).Progress.Dispose();

    /// <summary>Reads the options.</summary>
    /// <param name="given">The caller's struct; null for the defaults.</param>
    /// <param name="model">The model that the call uses; null for none.</param>
    /// <exception cref="ArgumentException">A field has an invalid value.</exception>
    /// <exception cref="RecipeFormatException">A field has an invalid text.</exception>
    internal static (StylizeOptions Options, ProgressCall Progress) Read(CallOptions* given, WctModel? model)
    {
        if (given is null)
            return (new StylizeOptions(), new ProgressCall(null, null));
        CallOptions options = VersionedStruct.Read(given, Earlier, "options");
        options._error.Check();
        Numbers.CheckReserved(options._reserved, "reserved");
        Numbers.CheckReserved(options._reserved2, "reserved2");
        LevelTexts levels = LevelTexts.Read(options._levels, options._strengths, options._transform, options._strength, model);
        string? colors = NativeText.ReadOptional(options._preserveColor);
        StylizeOptions defaults = new(), read = new()
        {
            Strength = levels.Strength,
            Transform = levels.Transform,
            Levels = levels.Levels,
            Passes = options._passes == 0 ? defaults.Passes : options._passes,
            StyleScale = options._styleScale == 0 ? defaults.StyleScale : options._styleScale,
            PreserveColor = colors is null ? ColorPreservation.None : RecipeText.PreserveColor(colors, "'options->preserve_color'"),
            Photo = Numbers.IsOn(options._photo, "photo") ? options.Photo : options.NoPhoto,
            MaxMemory = Numbers.Memory(options._maxMemory),
            OnLevel = new LevelCall(options._levelPicture, options._context).Receiver,
        };
        return (read, new ProgressCall(options._progress, options._context));
    }

    // Settings without photo mode would be ignored.
    private PhotoOptions? NoPhoto
    {
        get
        {
            CheckUnused(_photoRadius, "photo_radius");
            CheckUnused(_photoEpsilon, "photo_epsilon");
            CheckUnused(_photoDetail, "photo_detail");
            return null;
        }
    }

    private static void CheckUnused(double value, string field)
    {
        if (value != 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'options->{field}' is {value}, and 'options->photo' is 0: it belongs to photo mode."));
        }
    }

    private PhotoOptions Photo => new()
    {
        Radius = _photoRadius == 0 ? null : _photoRadius,
        Epsilon = _photoEpsilon == 0 ? new PhotoOptions().Epsilon : _photoEpsilon,
        Detail = _photoDetail switch
        {
            0 => new PhotoOptions().Detail,
            -1 => 0,
            _ => _photoDetail,
        },
    };
}
