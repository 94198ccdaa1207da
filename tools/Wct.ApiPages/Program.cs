using Wct.ApiPages;

if (args is not [string folder] || folder.StartsWith('-'))
{
    Console.Error.WriteLine("usage: Wct.ApiPages FOLDER");
    return 2;
}

Pages.Write(folder);
return 0;
