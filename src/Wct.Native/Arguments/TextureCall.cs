using System.Runtime.InteropServices;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Native.Arguments;

/// <summary>wct_texture_options in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct TextureCall
{
    private readonly uint _size;
    private readonly int _tileable;
    private readonly ulong _seed;
    private readonly double _strength;
    private readonly byte* _levels, _strengths, _transform;
    private readonly int _passes;
    private readonly uint _reserved;
    private readonly long _maxMemory;
    private readonly delegate* unmanaged[Cdecl]<void*, double, int, int, int> _progress;
    private readonly void* _context;
    private readonly ErrorBuffer _error;

    /// <summary>Clears and returns the error buffer in the options. If there is none, or if the options can't be read, the buffer ignores
    /// messages.</summary>
    internal static ErrorBuffer Error(TextureCall* given) =>
        VersionedStruct.TryRead(given, default, out TextureCall options) ? options._error.Cleared() : default;

    /// <exception cref="ArgumentException">A field has an invalid value.</exception>
    /// <exception cref="Net.Recipes.RecipeFormatException">A field has an invalid text.</exception>
    internal static (TextureOptions Options, ProgressCall Progress) Read(TextureCall* given, WctModel model)
    {
        if (given is null)
            return (new TextureOptions(), new ProgressCall(null, null));
        TextureCall options = VersionedStruct.Read(given, default, "options");
        options._error.Check();
        Numbers.CheckReserved(options._reserved, "reserved");
        LevelTexts levels = LevelTexts.Read(options._levels, options._strengths, options._transform, options._strength, model);
        TextureOptions read = new()
        {
            Seed = options._seed,
            Tileable = Numbers.IsOn(options._tileable, "tileable"),
            Passes = options._passes == 0 ? new TextureOptions().Passes : options._passes,
            Strength = levels.Strength,
            Transform = levels.Transform,
            Levels = levels.Levels,
            MaxMemory = Numbers.Memory(options._maxMemory),
        };
        return (read, new ProgressCall(options._progress, options._context));
    }
}
