"""Vietnamese words as residents type them, and the foreign words that Vietnamese sentences borrow.

All in lower case, without diacritics unless chat spelling has them.
"""

from typing import Final


def as_words(text: str) -> frozenset[str]:
    """Return the words of a list written as running text."""
    return frozenset(text.split())


VIETNAMESE: Final = as_words(
    """
    toi minh em anh chi co chu bac ong ba chau con me bo cha tui ban ho no ta dan nha nguoi ai gi nao dau sao
    may bao nhieu khi gio ngay thang nam tuan hom nay mai qua sang trua chieu dem bay lau roi chua da dang se
    van cung deu moi la khong duoc bi cho cua va voi thi ma nhung vi nen tu den o tren duoi trong ngoai truoc
    sau vao ra len xuong lai di ve day do kia the vay a oi nhe nhi ha u vang cam on xin loi chao hoi nho giup
    gui nop lam giay to so thu tuc cap dat dai duong xa thon xom ap pho ngo cau cong nuoc dien rac hong sua
    ngap nhiem ay het hu nghi can uy tich truong tra biet thay noi keu goi dong y phan kien khieu nai cao tien
    phi khai sinh ket hon tho hiem te hoc kham benh vien huy tiep dung sai nham xong thoi nua rat it lan cu
    mat tot xau nhanh cham trom muon phai hay mot hai bon tam chin muoi ruong lua ga lon trau chay khoi bui
    troi mua lut sat lo tau xe bien hang ngu ao trai phep xay trinh cot dut mang song yeu man tru thuong ngheo
    tro gia tre nghia vu tuoi hieu chung huong giai quyet gap lanh dao lich hop doi thoai ky menu alo xinchao
    camon
    """
)
TEENCODE: Final = as_words(
    """
    k ko kh hk hok hong hem hog khum k0 ko0 kg khg dc đc dk đk dx r rui roy oy e m a c b t bh bn bt bth bik
    bit hjk z v vs vz zay j gj jz cj ji wa wá mn mng mk mik mih ng nguoi trc trk ns nc nt ntn nvay lm lun luon
    ntnao tn tnao tke uh uhm uk ukm um uhu uki hic hix huhu hu zo dzo zui dui zk vk ck ny cx cug cung cgi thik
    thix thui hum nhju nhiu hs đt ca vp ad adm sdt iu ah ak nha nhen nghen hen ha he chu ba ngta fai fan fuong
    cam thanks tks tkiu ib rep chời trùi rầu zậy dậy dợ hông hổng hử zô dô zì dzậy zề mún mun bít đag dag s sm
    chj trog trg bjo bjh gio
    """
)
# Abbreviations of offices and papers: Vietnamese, yet alone they are no sign of what the person speaks.
ABBREVIATIONS: Final = as_words(
    "bhyt bhxh cccd cmnd ubnd tdp hdnd gplx gcn gcnqsdd csgt tthc ctv tnhs hkd mttq ubmttq qsdd vbhc cqđt"
)
# Words of machines that Vietnamese speakers borrow as they are: no sign of a language among Vietnamese words.
BORROWED: Final = as_words(
    """
    karaoke camera wifi internet mail email gmail zalo facebook fb messenger youtube tiktok google maps map
    web website app apps link login logout pass password otp hotline admin online offline form error check
    inbox shop sim sms qr scan pdf word excel file video clip photo upload download update reset post share
    like comment cmt group page fanpage server lag laptop smartphone phone ios android iphone samsung user
    username account acc code bank banking chat bot chatbot full free hot box team show live stream livestream
    feedback report confirm cancel deadline test vneid vnpt viettel etax vssid taxi bus container
    gas bar spa hotel restaurant hack hacker spam block click submit save send format screenshot captcha token
    print copy paste pin ram usb pc tv atm gps sos ok oke okey okay oki okie okela menu bug fix tag ship
    shipper order size sale marketing voucher browser chrome safari
    """
)
# Politeness that Vietnamese speakers borrow: English alone, no sign against Vietnamese in company.
BORROWED_GREETINGS: Final = as_words(
    "hi hello hey helo bye thanks thank thx thankyou sorry please pls yes no help stop start cancel"
)
