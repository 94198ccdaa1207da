using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net;

// Handles a shortage of device memory: other programs use it too, so the memory that a device reports may not be available. Then the
// picture is computed again in tiles, or in smaller tiles.
public sealed partial class StyleTransfer
{
    private PreparedStyle Measure<TSource>(
        TSource style, StylePreparation preparation, RunSettings settings, PicturePlan? plan, WorkMeter meter,
        CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
    {
        Measuring<TSource> attempt = new(this, style, preparation, settings, meter, cancellationToken);
        TensorShape shape = Extended(style.Width, style.Height);
        InSmallerTiles(ref attempt, shape, settings.Levels, Demands(settings, shape), measureOnly: true, plan, meter);
        return attempt.Result!;
    }

    private void Paint<TSource, TTarget>(
        TSource content, IReadOnlyList<StyleUse> styles, RunSettings settings, TTarget result, PicturePlan? plan, WorkMeter meter,
        CancellationToken cancellationToken)
        where TSource : IPictureSource, allows ref struct
        where TTarget : IPictureTarget, allows ref struct
    {
        Painting<TSource, TTarget> attempt = new(this, content, styles, settings, result, meter, cancellationToken);
        TensorShape shape = Extended(content.Width, content.Height);
        InSmallerTiles(ref attempt, shape, settings.Levels, Demands(settings, styles), measureOnly: false, plan, meter);
    }

    private void InSmallerTiles<TAttempt>(
        scoped ref TAttempt attempt, TensorShape image, int[] levels, LevelDemands demands, bool measureOnly, PicturePlan? plan,
        WorkMeter meter)
        where TAttempt : IAttempt, allows ref struct
    {
        while (true)
        {
            double begun = meter.Done;
            try
            {
                attempt.Run(plan);
                return;
            }
            catch (OutOfMemoryException error)
            {
                if (attempt.IsTooLate || Smaller(plan, image, levels, demands, measureOnly, error) is not { } smaller)
                    throw;
                meter.Replace(begun, Work(plan), Work(smaller));
                plan = smaller;
            }
        }

        double Work(PicturePlan? tiles) => measureOnly ? MeasureWork(image, levels, tiles) : RunWork(image, levels, tiles);
    }

    // A plan whose tiles take half of the memory that was not available; null if there is none.
    private PicturePlan? Smaller(
        PicturePlan? plan, TensorShape image, int[] levels, LevelDemands demands, bool measureOnly, OutOfMemoryException error)
    {
        if (_backend.DeviceMemoryBudget is null)
            return null;
        // A plan of tiles doesn't count networks that the failed attempt packed, so they are freed, unless other calls use them.
        using (_cascade.Enter())
            _cascade.DropNetworks();
        _backend.FreeCachedBuffers();
        MemoryNeeds needs = new(_backend, Model, _cascade, outside: 0, demands);
        long tried = plan?.Bytes ?? (measureOnly ? needs.WholeStyle(image, levels) : needs.Whole(image, levels));
        TilePlanner planner = new(_backend, _cascade, needs, budget: null, tried / 2, usable: null, demands);
        PicturePlan smaller = planner.Tiles(image, levels, measureOnly);
        if (smaller.Bytes >= tried)
            return null;
        _warning?.Invoke($"{error.Message} The picture goes on in {(plan is null ? "tiles" : "smaller tiles")}.");
        return smaller;
    }

    /// <summary>Work that can be repeated with another plan.</summary>
    private interface IAttempt
    {
        /// <summary>Whether a part of the result was written, so that the work can't be repeated.</summary>
        bool IsTooLate { get; }

        void Run(PicturePlan? plan);
    }

    private ref struct Measuring<TSource>(
        StyleTransfer transfer, TSource style, StylePreparation preparation, RunSettings settings, WorkMeter meter,
        CancellationToken cancellationToken)
        : IAttempt
        where TSource : IPictureSource, allows ref struct
    {
        private readonly TSource _style = style;

        internal PreparedStyle? Result { get; private set; }

        public readonly bool IsTooLate => false;

        public void Run(PicturePlan? plan) => Result = transfer.MeasureOnce(_style, preparation, settings, plan, meter, cancellationToken);
    }

    private ref struct Painting<TSource, TTarget>(
        StyleTransfer transfer, TSource content, IReadOnlyList<StyleUse> styles, RunSettings settings, TTarget result, WorkMeter meter,
        CancellationToken cancellationToken) : IAttempt
        where TSource : IPictureSource, allows ref struct
        where TTarget : IPictureTarget, allows ref struct
    {
        private readonly TSource _content = content;
        private readonly TTarget _result = result;
        private bool _stores;

        // The result may be the content's own memory, so writing to it may destroy the content.
        public readonly bool IsTooLate => _stores;

        public void Run(PicturePlan? plan) =>
            transfer.PaintOnce(_content, styles, settings, _result, plan, meter, ref _stores, cancellationToken);
    }
}
