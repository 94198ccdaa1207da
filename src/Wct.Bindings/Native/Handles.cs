using Microsoft.Win32.SafeHandles;

namespace Wct.Bindings.Native;

/// <summary>A handle of a wct_model.</summary>
internal sealed class ModelHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ModelHandle()
        : base(ownsHandle: true)
    {
    }

    /// <summary>The library calls it as long as the model exists. This reference keeps it alive.</summary>
    internal WarningCallback? Warning { get; set; }

    protected override bool ReleaseHandle() => LibWct.ModelFree(handle) == Status.Ok;
}

/// <summary>A handle of a wct_style.</summary>
internal sealed class StyleHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public StyleHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => LibWct.StyleFree(handle) == Status.Ok;
}

/// <summary>A handle of a wct_network.</summary>
internal sealed class NetworkHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public NetworkHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle() => LibWct.NetworkFree(handle) == Status.Ok;
}
