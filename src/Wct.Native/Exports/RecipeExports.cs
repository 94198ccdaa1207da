using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Wct.Native.Arguments;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Native.Exports;

/// <summary>Functions that run recipes.</summary>
internal static unsafe class RecipeExports
{
    [UnmanagedCallersOnly(EntryPoint = "wct_stylize_recipe", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Stylize(nint model, Picture* photo, byte* recipe, Target* result) =>
        Run(model, photo, recipe, null, result);

    [UnmanagedCallersOnly(EntryPoint = "wct_stylize_recipe_with", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status StylizeWith(nint model, Picture* photo, byte* recipe, CallOptions* options, Target* result) =>
        Run(model, photo, recipe, options, result);

    [UnmanagedCallersOnly(EntryPoint = "wct_recipe_size", CallConvs = [typeof(CallConvCdecl)])]
    internal static Status Size(byte* recipe, int width, int height, CallOptions* options, int* resultWidth, int* resultHeight)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            CallOptions.Check(options);
            if (resultWidth is null || resultHeight is null)
                throw new ArgumentException($"'{(resultWidth is null ? "result_width" : "result_height")}' is NULL.");
            (*resultWidth, *resultHeight) = RecipeRun.Size(RecipeRun.Read(recipe), width, height);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }

    private static Status Run(nint model, Picture* photo, byte* text, CallOptions* options, Target* result)
    {
        ErrorBuffer message = CallOptions.Error(options);
        try
        {
            StyleTransfer transfer = Handles.Get<StyleTransfer>(model);
            (StylizeOptions choices, ProgressCall progress) = CallOptions.Read(options, transfer.Model);
            using (progress)
                RecipeRun.Run(transfer, photo, RecipeRun.Read(text), choices, progress, result);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Of(error, message);
        }
    }
}
