using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net;

// A device's memory belongs to others as well, and what it says that it has may not be there: then pictures go on in tiles, and in smaller ones.
public sealed partial class StyleTransfer
{
    private Style PrepareStyle(Pixels style, int[] levels, PicturePlan? plan, WorkMeter meter, CancellationToken cancellation)
    {
        TensorShape image = Extended(style);
        while (true)
        {
            double begun = meter.Done;
            try
            {
                return PrepareStyleAs(style, levels, plan, meter, cancellation);
            }
            catch (OutOfMemoryException error)
            {
                if (Smaller(plan, image, levels, measureOnly: true, error) is not { } smaller)
                    throw;
                meter.Replace(begun, MeasureWork(image, levels, plan), MeasureWork(image, levels, smaller));
                plan = smaller;
            }
        }
    }

    private void Stylize(
        Pixels content, Style style, int[] levels, double strength, Span<byte> destination, int stride, PixelFormat format, PicturePlan? plan,
        WorkMeter meter, CancellationToken cancellation)
    {
        TensorShape image = Extended(content);
        bool stores = false;
        while (true)
        {
            double begun = meter.Done;
            try
            {
                StylizeAs(content, style, levels, strength, destination, stride, format, plan, meter, ref stores, cancellation);
                return;
            }
            catch (OutOfMemoryException error)
            {
                // The destination may be the content's own memory: once it is written to, there is no content to begin with again.
                if (stores || Smaller(plan, image, levels, measureOnly: false, error) is not { } smaller)
                    throw;
                meter.Replace(begun, RunWork(image, levels, plan), RunWork(image, levels, smaller));
                plan = smaller;
            }
        }
    }

    // Tiles that take half of what could not be had; null where there are none.
    private PicturePlan? Smaller(PicturePlan? plan, TensorShape image, int[] levels, bool measureOnly, OutOfMemoryException error)
    {
        if (_backend.OwnMemory is null)
            return null;
        // Networks that the attempt has arranged are in no plan of tiles; those that other calls use stay.
        using (_cascade.Enter())
            _cascade.DropNetworks();
        _backend.Trim();
        MemoryNeeds needs = new(_backend, Model, _cascade, outside: 0);
        long tried = plan?.Bytes ?? (measureOnly ? needs.WholeStyle(image, levels) : needs.Whole(image, levels));
        PicturePlan smaller = new TilePlanner(_backend, _cascade, needs, budget: null, tried / 2).Tiles(image, levels, measureOnly);
        if (smaller.Bytes >= tried)
            return null;
        _warning?.Invoke($"{error.Message} The picture goes on in {(plan is null ? "tiles" : "smaller tiles")}.");
        return smaller;
    }
}
