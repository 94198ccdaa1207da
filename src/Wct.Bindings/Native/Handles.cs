using Microsoft.Win32.SafeHandles;

namespace Wct.Bindings.Native;

/// <summary>A wct_model.</summary>
internal sealed class ModelHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ModelHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>Called by the library as long as the model is there.</summary>
    internal WarningCallback? Warning { get; set; }

    protected override bool ReleaseHandle() => LibWct.ModelFree(handle) == Status.Ok;
}

/// <summary>A wct_style.</summary>
internal sealed class StyleHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public StyleHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => LibWct.StyleFree(handle) == Status.Ok;
}
