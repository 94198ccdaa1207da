// Pictures that lie in a GPU's memory, as a renderer or a camera's decoder leaves them there: they are painted where they are.
//
//     dotnet run --project examples/IlgpuAccelerator -- photo.jpg painting.jpg out.png
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Wct;
using Wct.Ilgpu;
using Wct.Imaging;
using Wct.Net;

if (args is not [string photoPath, string paintingPath, string resultPath])
{
    Console.Error.WriteLine("usage: IlgpuAccelerator PHOTO PAINTING RESULT");
    return 2;
}

// A GPU; without one, the processor, slowly: the kernels need groups of 256 threads, and ILGPU's own CPU device has 16.
using Context context = Context.Create(builder => builder.Cuda().OpenCL().CPU(new CPUDevice(32, 8, 1)));
using Accelerator accelerator = context.GetPreferredDevice(preferCPU: false).CreateAccelerator(context);

// Stands for what the application has in the accelerator's memory anyway.
PixelImage photo = ImageFile.Read(photoPath).ToRgb(), painting = ImageFile.Read(paintingPath).ToRgb();
using MemoryBuffer1D<byte, Stride1D.Dense> photoMemory = accelerator.Allocate1D(photo.Bytes),
    paintingMemory = accelerator.Allocate1D(painting.Bytes);
using MemoryBuffer1D<byte, Stride1D.Dense> resultMemory = accelerator.Allocate1D<byte>(photo.Bytes.Length);
ArrayView<byte> photoView = photoMemory.View, paintingView = paintingMemory.View, resultView = resultMemory.View;

// On the processor only fine strokes, or it takes minutes.
StylizeOptions options = new() { Levels = accelerator.AcceleratorType == AcceleratorType.CPU ? [2, 1] : null };
using IlgpuBackend backend = new(accelerator);
using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Backend = backend });
PreparedStyle style = transfer.PrepareStyle(accelerator, paintingView, painting.Width, painting.Height, options: options);
transfer.Stylize(accelerator, photoView, style, resultView, photo.Width, photo.Height, options: options);

PixelImage result = new(photo.Width, photo.Height, PixelLayout.Rgb24);
resultView.CopyToCPU(result.Bytes);
ImageFile.Write(resultPath, result);
Console.WriteLine($"{photo.Width}x{photo.Height} on {backend.Name}");
return 0;
