namespace Wct.Net.Tests.Weights;

/// <summary>Files that PyTorch itself writes and reads, for example Debian's python3-torch. Tests that use them are skipped if PyTorch is
/// missing.</summary>
/// <remarks>Python runs once for all tests, because importing torch takes seconds.</remarks>
public sealed class TorchOracle : IDisposable
{
    // Writes .pth files, and for each a .raw file with PyTorch's values: for each tensor a line "name count", then its values as singles.
    private const string Script = """
        import sys, os, struct, glob
        from collections import OrderedDict
        import torch
        out, models = sys.argv[1], sys.argv[2:]

        def dump(path, state, prefix=''):
            with open(path, 'wb') as f:
                for name, t in state.items():
                    if torch.is_tensor(t) and t.is_floating_point():
                        a = t.detach().float().contiguous().numpy()
                        f.write(f'{prefix}{name} {a.size}\n'.encode() + a.tobytes())

        torch.manual_seed(1)
        shared = torch.randn(40)
        base = torch.randn(3, 4, 5)
        state = OrderedDict(
            plain=torch.randn(2, 3, 3, 3), half=torch.randn(37).half(), bf=torch.randn(33).bfloat16(), double=torch.randn(5).double(),
            count=torch.tensor(7), transposed=base.permute(2, 0, 1), sliced=base[1:, ::2, 1:4], head=shared[:10], tail=shared[30:],
            matrix=shared[4:16].view(3, 4).t(), scalar=torch.tensor(0.5), empty=torch.zeros(0, 3),
            parameter=torch.nn.Parameter(torch.randn(3)))
        layers = torch.nn.Sequential(torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4), torch.nn.Conv2d(4, 2, 1))
        for form, zipped in (('zip', True), ('legacy', False)):
            for protocol in (1, 2, 3, 4, 5):
                checkpoint = {'epoch': 3, 'model': layers.state_dict()}
                if protocol > 3:
                    checkpoint.update(best=b'x' * 300, steps={1, 2})
                for name, content, inner in (('state', state, state), ('checkpoint', checkpoint, layers.state_dict())):
                    path = f'{out}/{name}-{form}-{protocol}'
                    torch.save(content, path + '.pth', pickle_protocol=protocol, _use_new_zipfile_serialization=zipped)
                    dump(path + '.raw', inner, 'model.' if name == 'checkpoint' else '')
        for folder in models:
            for path in glob.glob(folder + '/*.pth'):
                state = torch.load(path, map_location='cpu')
                dump(f'{out}/{os.path.basename(path)[:-4]}.raw', state.get('model', state), 'model.' if 'model' in state else '')
        """;

    private readonly TemporaryFolder _folder = new();
    private bool _written;

    /// <summary>Writes the files on the first call, and returns their folder. Skips the calling test if there is no PyTorch.</summary>
    internal string Files(params string[] models)
    {
        string python = Python.Need("python3-torch", "torch");
        if (!_written)
            Tool.Run(python, "python3", ["-c", Script, _folder.Path, .. models]);
        _written = true;
        return _folder.Path;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
