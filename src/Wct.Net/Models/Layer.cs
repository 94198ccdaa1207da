namespace Wct.Net.Models;

/// <summary>One step of an encoder or a decoder.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Name">"conv3_2" for a convolution, "pool2" for the pooling behind block 2, "up2" for the upsampling that undoes it.</param>
/// <param name="Relu">Whether a ReLU follows; false for poolings and upsamplings.</param>
public readonly record struct Layer(LayerKind Kind, string Name, bool Relu);
