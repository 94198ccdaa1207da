using System.Diagnostics;
using Wct.Samples;

if (args is not [string folder] || folder.StartsWith('-'))
{
    Console.Error.WriteLine("usage: Wct.Samples FOLDER");
    return 2;
}

Directory.CreateDirectory(folder);
foreach (Sample sample in Sample.All)
{
    long start = Stopwatch.GetTimestamp();
    string path = Path.Combine(folder, sample.FileName);
    sample.Write(path);
    Console.WriteLine($"{path}: {new FileInfo(path).Length / 1024} KB, {Stopwatch.GetElapsedTime(start).TotalSeconds:f1} s");
}

return 0;
