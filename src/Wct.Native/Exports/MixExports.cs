using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;

namespace Wct.Native.Exports;

/// <summary>Functions that make styles from other styles, or from none.</summary>
internal static unsafe class MixExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_style_mix", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Mix(nint* styles, double* weights, nuint count, int mixing, CallOptions* options, nint* style)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            // The output may be one of the inputs, so these are read before it is cleared.
            nint[] handles = styles is null || count > Lists.Most ? [] : new Span<nint>(styles, (int)count).ToArray();
            Handles.Clear(style, nameof(style));
            CallOptions.Check(options);
            Lists.Check(styles, count, nameof(styles));
            Lists.Check(weights, count, nameof(weights));
            if (!Enum.IsDefined((StyleMixing)mixing))
                throw new ArgumentException($"'{nameof(mixing)}' is {mixing}; it can be 0 to {(int)StyleMixing.Covariance}.");
            (PreparedStyle, double)[] parts = new (PreparedStyle, double)[handles.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                double weight = weights[i];
                if (!(weight >= 0 && double.IsFinite(weight)))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"'weights[{i}]' is {weight}; it must be a number of at least 0."));
                }

                parts[i] = (Handles.Get<PreparedStyle>(handles[i], $"styles[{i}]"), weight);
            }

            *style = Handles.Add(PreparedStyle.Mix(parts, (StyleMixing)mixing));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "wct_style_none", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status None(nint model, nint* style)
    {
        try
        {
            Handles.Clear(style, nameof(style));
            *style = Handles.Add(PreparedStyle.None(Handles.Get<StyleTransfer>(model).Model));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error);
        }
    }
}
