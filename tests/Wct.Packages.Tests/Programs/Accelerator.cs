using System;
using System.Linq;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Wct.Ilgpu;
using Wct.Net;

// Stylizes a small picture in an accelerator's memory. The accelerator is the processor, which every machine has.
const int width = 16, height = 15, paintingWidth = 14, paintingHeight = 16;
CPUDevice device = new(32, 8, 1);
using Context context = Context.Create(builder => builder.CPU(device));
using Accelerator accelerator = device.CreateCPUAccelerator(context);
byte[] bytes = new byte[width * height * 3];
new Random(1).NextBytes(bytes);
using var photo = accelerator.Allocate1D(bytes);
using var painting = accelerator.Allocate1D(bytes[..(paintingWidth * paintingHeight * 3)]);
using var result = accelerator.Allocate1D<byte>(bytes.Length);

StylizeOptions options = new() { Levels = [1] };
using IlgpuBackend backend = new(accelerator);
using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Backend = backend });
PreparedStyle style = transfer.PrepareStyle(accelerator, painting.View, paintingWidth, paintingHeight, options: options);
transfer.Stylize(accelerator, photo.View, style, result.View, width, height, options: options);
Console.WriteLine($"{width}x{height}, {(result.GetAsArray1D().SequenceEqual(bytes) ? "unchanged" : "changed")}");
