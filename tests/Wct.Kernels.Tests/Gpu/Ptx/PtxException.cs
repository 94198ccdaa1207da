namespace Wct.Kernels.Tests.Gpu.Ptx;

/// <summary>What a driver's compiler would refuse, or what a card would answer with an error, or with silence.</summary>
internal sealed class PtxException(string message) : Exception(message);
