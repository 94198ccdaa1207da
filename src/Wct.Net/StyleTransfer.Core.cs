using Wct.Kernels;
using Wct.Net.Pipeline;

namespace Wct.Net;

// What stands behind the public door; arguments were checked there.
public sealed partial class StyleTransfer
{
    // Four poolings: with sides of whole multiples, floor and ceil pooling agree, and decoded maps have the picture's size.
    private const int SideGrain = 16;

    private (int[] Levels, double Strength) Check(StylizeOptions? options)
    {
        options ??= new StylizeOptions();
        if (!(options.Strength >= 0 && options.Strength <= 1))
            throw new ArgumentException(FormattableString.Invariant($"The strength is {options.Strength}; it must lie in 0..1."), nameof(options));
        return (Pipeline.Levels.Resolve(options.Levels, Model), options.Strength);
    }

    private (int[] Levels, double Strength) Check(StylizeOptions? options, Style style)
    {
        ArgumentNullException.ThrowIfNull(style);
        (int[] levels, double strength) = Check(options);
        if (style.Model != Model)
            throw new ArgumentException("The style was measured with another model.", nameof(style));
        foreach (int level in levels)
        {
            if (!style.Statistics.ContainsKey(level))
                throw new ArgumentException($"The style was measured at the levels {string.Join(", ", style.Levels)}, not at {level}.", nameof(style));
        }

        return (levels, strength);
    }

    private Style PrepareStyle(Pixels style, int[] levels, WorkMeter meter, CancellationToken cancellation)
    {
        using Tensor image = Load(style);
        return new Style(Model, _cascade.Measure(image, levels, meter, cancellation));
    }

    private PixelImage Stylize(
        Pixels content, Style style, int[] levels, double strength, WorkMeter meter, CancellationToken cancellation)
    {
        PixelImage result = new(content.Width, content.Height, content.Format == PixelFormat.Gray8 ? PixelFormat.Rgb24 : content.Format);
        Stylize(content, style, levels, strength, result.Bytes, result.Stride, result.Format, meter, cancellation);
        return result;
    }

    private void Stylize(
        Pixels content, Style style, int[] levels, double strength, Span<byte> destination, int stride, PixelFormat format, WorkMeter meter,
        CancellationToken cancellation)
    {
        using Tensor image = _cascade.Run(Load(content), levels, style.Statistics, strength, meter, cancellation);
        if (format.HasAlpha())
            Alpha.Copy(content, destination, stride);
        _backend.StorePixels(image, destination, content.Width, content.Height, stride, format.Layout());
    }

    private Tensor Load(Pixels pixels)
    {
        Tensor image = _backend.Allocate(Extended(pixels));
        try
        {
            _backend.LoadPixels(pixels.Bytes, pixels.Width, pixels.Height, pixels.Stride, pixels.Format.Layout(), image);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private static TensorShape Extended(Pixels pixels) => new(3, Extended(pixels.Height), Extended(pixels.Width));

    private static int Extended(int side) => checked(side + SideGrain - 1) / SideGrain * SideGrain;
}
