namespace Wct.Net.Onnx;

/// <summary>A constant that several layers of a graph share.</summary>
/// <param name="Name">Its name; constants with the same name are equal.</param>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Values">float[] or long[].</param>
internal sealed record OnnxConstant(string Name, int[] Shape, Array Values);
